<#
.SYNOPSIS
    Installs Tickbridge into NinjaTrader 8, or removes it.
.DESCRIPTION
    Puts the sources of the import archive where NinjaTrader compiles them at its next start. What was there of an earlier
    Tickbridge is kept as a backup. Either everything is in place at the end or everything is as it was: new files are
    unpacked and checked beside NinjaTrader's folder first, then put in place by renaming, and a run that was cut off is
    undone by the next one. Settings, keys and audit logs (Documents\NinjaTrader 8\Tickbridge) are never touched.
.PARAMETER Package
    The import archive; tickbridge-ninjatrader.zip beside this script when left out.
.PARAMETER NinjaTraderFolder
    NinjaTrader's folder of documents; Documents\NinjaTrader 8 when left out.
.PARAMETER NinjaTraderProgram
    NinjaTrader.exe; looked for under Program Files when left out.
.PARAMETER Uninstall
    Removes Tickbridge; the removed files are kept as a backup.
.EXAMPLE
    powershell -ExecutionPolicy Bypass -File Install-Tickbridge.ps1
.EXAMPLE
    powershell -ExecutionPolicy Bypass -File Install-Tickbridge.ps1 -Uninstall
#>
[CmdletBinding()]
param(
    [string] $Package = (Join-Path $PSScriptRoot 'tickbridge-ninjatrader.zip'),
    [string] $NinjaTraderFolder = (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'NinjaTrader 8'),
    [string] $NinjaTraderProgram = '',
    [switch] $Uninstall
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$lowestVersion = [Version] '8.1'
# What is ours below bin\Custom. The add-on itself comes last and goes first: without it nothing of the rest starts.
$parts = @(
    'AddOns\Tickbridge',
    'Indicators\TickbridgeFlow.cs',
    'Strategies\TickbridgeStrategy.cs',
    'AddOns\TickbridgeAddOn.cs'
)
$custom = Join-Path $NinjaTraderFolder 'bin\Custom'
# On the same volume as bin\Custom, so that putting in place is renaming, but outside of it: NinjaTrader compiles
# whatever lies in there.
$store = Join-Path $NinjaTraderFolder 'Tickbridge'
$pending = Join-Path $store 'install.pending'

function Stop-WithReason([string] $reason, [string] $remedy) {
    Write-Host "Nothing was changed. $reason" -ForegroundColor Red
    Write-Host $remedy
    exit 1
}

function Find-Program {
    if ($NinjaTraderProgram) {
        return $NinjaTraderProgram
    }
    foreach ($root in @($env:ProgramFiles, ${env:ProgramFiles(x86)})) {
        if ($root) {
            $candidate = Join-Path $root 'NinjaTrader 8\bin\NinjaTrader.exe'
            if (Test-Path -LiteralPath $candidate -PathType Leaf) {
                return $candidate
            }
        }
    }
    return ''
}

function Test-Machine {
    if (-not (Test-Path -LiteralPath $custom -PathType Container)) {
        Stop-WithReason "There is no folder $custom." 'Start NinjaTrader 8 once, close it, and run this again; or name its folder with -NinjaTraderFolder.'
    }
    if (Get-Process -Name 'NinjaTrader' -ErrorAction SilentlyContinue) {
        Stop-WithReason 'NinjaTrader is running.' 'Close it (Control Center, then File, Exit) and run this again.'
    }
    if ($Uninstall) {
        # Our files go whatever NinjaTrader is, and when it is gone already.
        Write-Host "folder $NinjaTraderFolder"
        return
    }
    $program = Find-Program
    if (-not $program -or -not (Test-Path -LiteralPath $program -PathType Leaf)) {
        Stop-WithReason 'NinjaTrader.exe was not found.' 'Name it with -NinjaTraderProgram "C:\...\NinjaTrader 8\bin\NinjaTrader.exe".'
    }
    $info = (Get-Item -LiteralPath $program).VersionInfo
    $version = New-Object Version $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
    if ($version -lt $lowestVersion) {
        Stop-WithReason "NinjaTrader is version $version; needed is $lowestVersion or later." 'Update NinjaTrader and run this again.'
    }
    Write-Host "NinjaTrader $version, folder $NinjaTraderFolder"
}

# Moves what is there of ours into a folder; says what it moved.
function Move-Parts([string] $from, [string] $to, [string[]] $which) {
    foreach ($part in $which) {
        $source = Join-Path $from $part
        if (Test-Path -LiteralPath $source) {
            $target = Join-Path $to $part
            $parent = Split-Path -Parent $target
            if (-not (Test-Path -LiteralPath $parent)) {
                New-Item -ItemType Directory -Path $parent | Out-Null
            }
            Move-Item -LiteralPath $source -Destination $target
        }
    }
}

# Takes away what of ours lies in bin\Custom, and puts a backup back.
function Undo-Change([string] $backup) {
    if (Test-Path -LiteralPath $backup) {
        # Until everything old was moved away nothing new was put in place: what is there is old, and stays.
        if (Test-Path -LiteralPath (Join-Path $backup 'moved')) {
            foreach ($part in $parts) {
                $present = Join-Path $custom $part
                # What an undoing that was cut off has put back already is no longer in the backup: it stays too.
                $isBack = (Test-Path -LiteralPath (Join-Path $backup 'undoing')) -and
                    -not (Test-Path -LiteralPath (Join-Path $backup $part))
                if ((Test-Path -LiteralPath $present) -and -not $isBack) {
                    Remove-Item -LiteralPath $present -Recurse -Force
                }
            }
            Set-Content -LiteralPath (Join-Path $backup 'undoing') -Value 'yes' -Encoding ASCII
        }
        Move-Parts $backup $custom $parts
    }
    Remove-Item -LiteralPath $pending -Force
    if (Test-Path -LiteralPath $backup) {
        Remove-Item -LiteralPath $backup -Recurse -Force
    }
}

function Expand-Package([string] $staging) {
    if (-not (Test-Path -LiteralPath $Package -PathType Leaf)) {
        Stop-WithReason "There is no archive $Package." 'Put tickbridge-ninjatrader.zip beside this script, or name it with -Package.'
    }
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $archive = [IO.Compression.ZipFile]::OpenRead($Package)
    try {
        foreach ($entry in $archive.Entries) {
            $name = $entry.FullName.Replace('/', '\')
            if ($name -eq 'Info.xml') {
                continue
            }
            $isOurs = @($parts | Where-Object { $name -eq $_ -or $name.StartsWith($_ + '\') }).Count -eq 1
            if (-not $isOurs -or $name.Contains('..')) {
                throw "the archive holds $name, which is not of Tickbridge"
            }
            $target = Join-Path $staging $name
            $parent = Split-Path -Parent $target
            if (-not (Test-Path -LiteralPath $parent)) {
                New-Item -ItemType Directory -Path $parent | Out-Null
            }
            [IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $target)
            if ((Get-Item -LiteralPath $target).Length -ne $entry.Length) {
                throw "$name was not unpacked whole"
            }
        }
    }
    finally {
        $archive.Dispose()
    }
    foreach ($part in $parts) {
        if (-not (Test-Path -LiteralPath (Join-Path $staging $part))) {
            throw "the archive holds no $part"
        }
    }
}

Test-Machine
if (-not (Test-Path -LiteralPath $store)) {
    New-Item -ItemType Directory -Path $store | Out-Null
}
if (Test-Path -LiteralPath $pending) {
    $earlier = (Get-Content -LiteralPath $pending -Raw).Trim()
    Write-Host "An earlier run was cut off; it is undone from $earlier."
    Undo-Change $earlier
}

# What a run that was cut off had unpacked and not yet put in place.
Get-ChildItem -LiteralPath $store -Filter 'staging-*' | Where-Object { $_.PSIsContainer } | Remove-Item -Recurse -Force

$stamp = Get-Date -Format 'yyyyMMdd-HHmmss'
$staging = Join-Path $store "staging-$stamp"
$backup = Join-Path $store "backup-$stamp"
New-Item -ItemType Directory -Path $staging | Out-Null
New-Item -ItemType Directory -Path $backup | Out-Null
try {
    if (-not $Uninstall) {
        Expand-Package $staging
    }
    Set-Content -LiteralPath $pending -Value $backup -Encoding UTF8
    try {
        Move-Parts $custom $backup @($parts[($parts.Count - 1)..0])
        # From here on what lies in bin\Custom is new.
        Set-Content -LiteralPath (Join-Path $backup 'moved') -Value 'yes' -Encoding ASCII
        Move-Parts $staging $custom $parts
        # From here on the change stands: without this file nothing is undone.
        Remove-Item -LiteralPath $pending -Force
        Remove-Item -LiteralPath (Join-Path $backup 'moved') -Force
    }
    catch {
        if (Test-Path -LiteralPath $pending) {
            Undo-Change $backup
        }
        throw
    }
}
catch {
    Write-Host "Everything is as it was. $($_.Exception.Message)" -ForegroundColor Red
    exit 1
}
finally {
    if (Test-Path -LiteralPath $staging) {
        Remove-Item -LiteralPath $staging -Recurse -Force
    }
    if ((Test-Path -LiteralPath $backup) -and @(Get-ChildItem -LiteralPath $backup -Recurse -File).Count -eq 0) {
        Remove-Item -LiteralPath $backup -Recurse -Force
    }
}

if (Test-Path -LiteralPath $backup) {
    Write-Host "The files of the earlier Tickbridge are kept in $backup."
}
if ($Uninstall) {
    Write-Host "Tickbridge was removed. Settings, keys and audit logs stay in $store."
    Write-Host 'Start NinjaTrader, open New, NinjaScript Editor, and press F5, so that it forgets what it compiled.'
}
else {
    Write-Host 'Tickbridge is installed. Start NinjaTrader and open New, Tickbridge.'
    Write-Host 'If that entry is not there: New, NinjaScript Editor, F5.'
}
