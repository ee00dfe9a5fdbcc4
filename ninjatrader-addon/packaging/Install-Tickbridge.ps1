<#
.SYNOPSIS
    Installs Tickbridge into NinjaTrader 8, or removes it.
.DESCRIPTION
    Puts the sources of the import archive where NinjaTrader compiles them at its next start. What was there of an earlier
    Tickbridge is kept as a backup. Settings, keys and audit logs (Documents\NinjaTrader 8\Tickbridge) are never touched.

    New files are unpacked and checked beside NinjaTrader's folder first, then put in place by renaming. A run that fails
    says how it left things, and so does its exit code:
      0  done (what could not be tidied up afterwards is named)
      1  everything is as it was
      2  half done: close what holds the files and run this again, before NinjaTrader is started
    What a run left half done, or one that was cut off, the next run undoes first, whether it installs or removes.
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
# A folder change-... holds what was moved away by a run that has not ended: the next one puts it back. Renaming it to
# backup-... is the one step that makes a change stand. No file's content is needed for that, so none can be cut short.
$change = ''
# How bin\Custom is: 'untouched', 'half done', 'as it was' or 'changed'.
$state = 'untouched'
$earlierUndone = $false
$remedy = ''
$cause = ''

function Stop-WithReason([string] $reason, [string] $toDo) {
    $script:remedy = $toDo
    throw $reason
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

# Takes away what of ours lies in bin\Custom, and puts back what a change moved away.
function Undo-Change([string] $from) {
    $moved = Join-Path $from 'moved'
    $undoing = Join-Path $from 'undoing'
    # Until everything old was moved away nothing new was put in place: what is there is old, and stays.
    if (Test-Path -LiteralPath $moved) {
        foreach ($part in $parts) {
            $present = Join-Path $custom $part
            # What an undoing that was cut off has put back already is no longer in the folder: it stays too.
            $isBack = (Test-Path -LiteralPath $undoing) -and -not (Test-Path -LiteralPath (Join-Path $from $part))
            if ((Test-Path -LiteralPath $present) -and -not $isBack) {
                Remove-Item -LiteralPath $present -Recurse -Force
            }
        }
        Set-Content -LiteralPath $undoing -Value 'yes' -Encoding ASCII
    }
    Move-Parts $from $custom $parts
    # First the mark: without it what is in bin\Custom stays, whatever of the rest is still there.
    if (Test-Path -LiteralPath $moved) {
        Remove-Item -LiteralPath $moved -Force
    }
    Remove-Item -LiteralPath $from -Recurse -Force
}

function Undo-EarlierRun {
    foreach ($earlier in @(Get-ChildItem -LiteralPath $store -Filter 'change-*' | Where-Object { $_.PSIsContainer })) {
        $script:state = 'half done'
        Undo-Change $earlier.FullName
        $script:earlierUndone = $true
        $script:state = 'untouched'
        Write-Host 'An earlier run had not ended; it is undone.'
    }
    # What such a run had unpacked and not yet put in place.
    foreach ($unpacked in @(Get-ChildItem -LiteralPath $store -Filter 'staging-*' | Where-Object { $_.PSIsContainer })) {
        Remove-Item -LiteralPath $unpacked.FullName -Recurse -Force
    }
}

# Held open while this runs: a second run at the same time would take this one's change for one that was cut off.
function Open-Lock {
    $path = Join-Path $store 'install.lock'
    try {
        return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None')
    }
    catch {
        Stop-WithReason "$path cannot be opened: $($_.Exception.Message)" 'If another run of this script is at work, let it end; then run this again.'
    }
}

# A name that no folder of an earlier run has, also not of one in the same second.
function New-Stamp {
    $second = Get-Date -Format 'yyyyMMdd-HHmmss'
    $stamp = $second
    $number = 1
    while ((Test-Path -LiteralPath (Join-Path $store "backup-$stamp")) -or
        (Test-Path -LiteralPath (Join-Path $store "staging-$stamp"))) {
        $number = $number + 1
        $stamp = "$second-$number"
    }
    return $stamp
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

# Moves the old away and the new in; takes both back when a step fails.
function Set-Parts([string] $staging, [string] $backup) {
    $script:state = 'half done'
    try {
        Move-Parts $custom $change @($parts[($parts.Count - 1)..0])
        # From here on what lies in bin\Custom is new.
        Set-Content -LiteralPath (Join-Path $change 'moved') -Value 'yes' -Encoding ASCII
        Move-Parts $staging $custom $parts
        # From here on the change stands: a folder of this name is not undone.
        Move-Item -LiteralPath $change -Destination $backup
        $script:state = 'changed'
    }
    catch {
        $script:cause = $_.Exception.Message
        Undo-Change $change
        $script:state = 'as it was'
        throw
    }
}

# What is left over of a run, whether it succeeded or not. A folder that holds no file of an earlier Tickbridge is no backup.
function Remove-LeftOver([string] $staging, [string] $backup) {
    $moved = Join-Path $backup 'moved'
    if (Test-Path -LiteralPath $moved) {
        Remove-Item -LiteralPath $moved -Force
    }
    if ((Test-Path -LiteralPath $backup) -and @(Get-ChildItem -LiteralPath $backup -Recurse -File).Count -eq 0) {
        Remove-Item -LiteralPath $backup -Recurse -Force
    }
    if (Test-Path -LiteralPath $staging) {
        Remove-Item -LiteralPath $staging -Recurse -Force
    }
}

# Says how a run that failed has left things; returns its exit code.
function Write-Failure([string] $reason) {
    if ($state -eq 'half done') {
        if ($cause -and $cause -ne $reason) {
            Write-Host "What failed first: $cause"
        }
        Write-Host "HALF DONE: $custom is neither as it was nor as it should be. $reason" -ForegroundColor Red
        Write-Host 'Do not start NinjaTrader. Close what holds the files (an editor, a virus scanner), make room on the disk, and run this again: it first puts back what was there.'
        return 2
    }
    if ($state -eq 'as it was') {
        Write-Host "Everything is as it was. $reason" -ForegroundColor Red
    }
    elseif ($earlierUndone) {
        Write-Host "Nothing was changed but that the earlier run was undone. $reason" -ForegroundColor Red
    }
    else {
        Write-Host "Nothing was changed. $reason" -ForegroundColor Red
    }
    if ($remedy) {
        Write-Host $remedy
    }
    return 1
}

$lock = $null
$staging = ''
$backup = ''
$exitCode = 0
try {
    Test-Machine
    if (-not (Test-Path -LiteralPath $store)) {
        New-Item -ItemType Directory -Path $store | Out-Null
    }
    $lock = Open-Lock
    Undo-EarlierRun
    $stamp = New-Stamp
    $staging = Join-Path $store "staging-$stamp"
    $backup = Join-Path $store "backup-$stamp"
    $change = Join-Path $store "change-$stamp"
    New-Item -ItemType Directory -Path $staging | Out-Null
    if (-not $Uninstall) {
        Expand-Package $staging
    }
    New-Item -ItemType Directory -Path $change | Out-Null
    Set-Parts $staging $backup
}
catch {
    $exitCode = Write-Failure $_.Exception.Message
}
finally {
    # It changes nothing of how things are, so it fails without changing what is said of them.
    try {
        if ($staging) {
            Remove-LeftOver $staging $backup
        }
    }
    catch {
        Write-Host "Not tidied up, which does no harm; the next run does it, or you: $($_.Exception.Message)"
    }
    if ($lock) {
        $lock.Dispose()
    }
}
if ($exitCode -ne 0) {
    exit $exitCode
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
