<#
.SYNOPSIS
Prepares a Windows VPS for the Tickbridge add-on: power, the link's network adapter, time, firewall.

.DESCRIPTION
Says each setting it finds and each it changes. Writes what was before to a file first, and -Undo puts that back and takes the file
away. Until then the file keeps what was before the first run. One adapter at a time.
Changes nothing with -WhatIf. Needs an elevated PowerShell 5.1 or later.

.PARAMETER Adapter
Name of the network adapter that reaches the gateway, as Get-NetAdapter shows it.

.PARAMETER Gateway
IPv4 address of the Tickbridge gateway: the firewall lets NinjaTrader out to it.

.PARAMETER Port
TCP port of the link.

.PARAMETER NinjaTrader
NinjaTrader's program file.

.PARAMETER TimeServer
Where Windows Time asks for the time.

.PARAMETER Undo
Puts the settings back that were there before the first run.

.EXAMPLE
.\Set-TickbridgeVps.ps1 -Adapter Ethernet -Gateway 192.0.2.10 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Apply')]
param(
    [Parameter(Mandatory = $true, ParameterSetName = 'Apply')]
    [ValidateNotNullOrEmpty()]
    [string] $Adapter,

    [Parameter(Mandatory = $true, ParameterSetName = 'Apply')]
    [ValidateScript({ $_ -match '^\d{1,3}(\.\d{1,3}){3}$' })]
    [string] $Gateway,

    [Parameter(ParameterSetName = 'Apply')]
    [ValidateRange(1, 65535)]
    [int] $Port = 7411,

    [Parameter(ParameterSetName = 'Apply')]
    [string] $NinjaTrader = "$env:ProgramFiles\NinjaTrader 8\bin\NinjaTrader.exe",

    [Parameter(ParameterSetName = 'Apply')]
    [ValidatePattern('^[0-9A-Za-z.:-]+$')]
    [string] $TimeServer = 'time.windows.com',

    [Parameter(Mandatory = $true, ParameterSetName = 'Undo')]
    [switch] $Undo
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$recordFile = Join-Path $env:ProgramData 'Tickbridge\vps-before.json'
$ruleName = 'Tickbridge link'
$timeParameters = 'HKLM:\SYSTEM\CurrentControlSet\Services\W32Time\Parameters'
$timeClient = 'HKLM:\SYSTEM\CurrentControlSet\Services\W32Time\TimeProviders\NtpClient'
# Windows' own scheme of this name, present on every edition: powercfg /list.
$highPerformance = '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c'

function Test-Elevated {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object Security.Principal.WindowsPrincipal($identity)
    return $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Get-ActiveScheme {
    # "Power Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced)", in the system's language but for the GUID.
    $text = (powercfg.exe /getactivescheme) -join ' '
    if ($text -match '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}') { return $Matches[0] }
    throw "powercfg does not tell the active power scheme: $text"
}

# The adapter's settings, by the keywords that drivers share (Standardized INF Keywords). A driver that lacks one is left alone.
$adapterSettings = @(
    # Interrupts at once: moderation holds a packet back for 50 us and more.
    @{ Keyword = '*InterruptModeration'; Value = '0' },
    # Segments are not gathered: a signal is one small segment, and gathering waits for the next.
    @{ Keyword = '*RscIPv4'; Value = '0' },
    @{ Keyword = '*RscIPv6'; Value = '0' },
    @{ Keyword = '*UdpRsc'; Value = '0' },
    @{ Keyword = '*PacketCoalescing'; Value = '0' },
    # A large send of somebody else's is not cut by the NIC while a small one waits behind it. Checksums stay the NIC's: they wait for nothing.
    @{ Keyword = '*LsoV2IPv4'; Value = '0' },
    @{ Keyword = '*LsoV2IPv6'; Value = '0' },
    # A burst while Windows is away waits in the ring.
    @{ Keyword = '*ReceiveBuffers'; Value = 'maximum' },
    # A link that sleeps between signals wakes late.
    @{ Keyword = '*EEE'; Value = '0' },
    @{ Keyword = '*FlowControl'; Value = '0' }
)

function Get-AdapterSetting([string] $name, [string] $keyword) {
    return Get-NetAdapterAdvancedProperty -Name $name -RegistryKeyword $keyword -ErrorAction SilentlyContinue
}

function Get-WantedValue($property, [string] $wanted) {
    if ($wanted -ne 'maximum') { return $wanted }
    if ($null -ne $property.NumericParameterMaxValue) { return [string] $property.NumericParameterMaxValue }
    return $property.RegistryValue[0]
}

# Receive side scaling, or nothing where the adapter has none.
function Get-Rss([string] $name) {
    return Get-NetAdapterRss -Name $name -ErrorAction SilentlyContinue
}

function Get-RegistryValue([string] $path, [string] $name) {
    $key = Get-ItemProperty -Path $path -ErrorAction SilentlyContinue
    if ($null -ne $key -and $null -ne $key.PSObject.Properties[$name]) { return $key.$name }
    return $null
}

function Get-Before {
    $rss = Get-Rss $Adapter
    $rssBefore = $null
    if ($null -ne $rss) {
        $rssBefore = @{ Enabled = [bool] $rss.Enabled; Base = $rss.BaseProcessorNumber; Processors = $rss.MaxProcessors }
    }
    return @{
        Scheme  = Get-ActiveScheme
        Name    = $Adapter
        Adapter = @($adapterSettings | ForEach-Object {
                $property = Get-AdapterSetting $Adapter $_.Keyword
                if ($null -ne $property) { @{ Keyword = $_.Keyword; Value = $property.RegistryValue[0] } }
            })
        Rss     = $rssBefore
        Time    = @{
            StartType = [string] (Get-Service -Name w32time).StartType
            Running   = [bool] ((Get-Service -Name w32time).Status -eq 'Running')
            Type      = Get-RegistryValue $timeParameters 'Type'
            Server    = Get-RegistryValue $timeParameters 'NtpServer'
            Interval  = Get-RegistryValue $timeClient 'SpecialPollInterval'
        }
    }
}

function Save-Before {
    if (Test-Path $recordFile) {
        $name = (Get-Content -Path $recordFile -Raw | ConvertFrom-Json).Name
        if ($name -ne $Adapter) { throw "$recordFile keeps what adapter '$name' had: put that back first, with -Undo" }
        return
    }
    $directory = Split-Path $recordFile
    if (-not (Test-Path $directory)) { New-Item -ItemType Directory -Path $directory | Out-Null }
    Get-Before | ConvertTo-Json -Depth 4 | Set-Content -Path $recordFile -Encoding UTF8
    Write-Output "before: $recordFile"
}

function Set-Power {
    $active = Get-ActiveScheme
    if ($active -eq $highPerformance) {
        Write-Output 'power: High performance already'
    }
    elseif ($PSCmdlet.ShouldProcess('power scheme', 'High performance')) {
        powercfg.exe /setactive $highPerformance
        if ($LASTEXITCODE -ne 0) { throw "powercfg /setactive failed with exit code $LASTEXITCODE" }
        Write-Output "power: $active -> High performance"
    }
}

function Set-AdapterSettings {
    $changed = $false
    foreach ($setting in $adapterSettings) {
        $property = Get-AdapterSetting $Adapter $setting.Keyword
        if ($null -eq $property) {
            Write-Output "adapter: its driver has no $($setting.Keyword)"
            continue
        }
        $wanted = Get-WantedValue $property $setting.Value
        if ($property.RegistryValue[0] -eq $wanted) {
            Write-Output "adapter: $($setting.Keyword) is $wanted already"
        }
        elseif ($PSCmdlet.ShouldProcess("$Adapter $($setting.Keyword)", $wanted)) {
            # One restart of the adapter for all, below.
            Set-NetAdapterAdvancedProperty -Name $Adapter -RegistryKeyword $setting.Keyword -RegistryValue $wanted -NoRestart
            Write-Output "adapter: $($setting.Keyword) $($property.RegistryValue[0]) -> $wanted"
            $changed = $true
        }
    }
    # Receive side scaling keeps the link on one processor, away from the first, where Windows puts what nobody placed.
    $processors = (Get-CimInstance Win32_ComputerSystem).NumberOfLogicalProcessors
    $rss = Get-Rss $Adapter
    if ($null -eq $rss) {
        Write-Output 'adapter: it has no receive side scaling'
    }
    elseif ($processors -lt 4) {
        Write-Output "adapter: RSS stays as it is, with $processors processors"
    }
    elseif ($rss.Enabled -and $rss.BaseProcessorNumber -eq 2 -and $rss.MaxProcessors -eq 1) {
        Write-Output 'adapter: RSS is on processor 2 already, one queue'
    }
    elseif ($PSCmdlet.ShouldProcess("$Adapter RSS", 'base processor 2, one queue')) {
        Set-NetAdapterRss -Name $Adapter -Enabled $true -BaseProcessorNumber 2 -MaxProcessors 1 -NoRestart
        Write-Output 'adapter: RSS on processor 2, one queue'
        $changed = $true
    }
    # A restart takes the link, and the remote desktop that goes the same way, down for a moment.
    if ($changed -and $PSCmdlet.ShouldProcess($Adapter, 'restart')) {
        Restart-NetAdapter -Name $Adapter
        Write-Output 'adapter: restarted'
    }
}

function Set-TimeSource([string] $type, [string] $servers, $interval) {
    Set-ItemProperty -Path $timeParameters -Name Type -Value $type
    Set-ItemProperty -Path $timeParameters -Name NtpServer -Value $servers
    if ($null -ne $interval) { Set-ItemProperty -Path $timeClient -Name SpecialPollInterval -Value ([int] $interval) -Type DWord }
    w32tm.exe /config /update | Out-Null
    if ($LASTEXITCODE -ne 0) { Write-Output 'time: the service heeds this when it is started again' }
}

function Set-Time {
    # The add-on compares its clock with the gateway's by itself; this keeps the wall clock, and so the logs, within some ms.
    # 0x1: at the special interval, 0x8: as a client. 64 s is the shortest that public servers bear.
    if ($PSCmdlet.ShouldProcess('Windows Time', "start with Windows, ask $TimeServer every 64 s")) {
        Set-Service -Name w32time -StartupType Automatic
        Start-Service -Name w32time
        Set-TimeSource 'NTP' "$TimeServer,0x9" 64
        w32tm.exe /resync /nowait | Out-Null
        Write-Output "time: Windows Time asks $TimeServer every 64 s"
    }
}

function Remove-Rule {
    $rule = Get-NetFirewallRule -DisplayName $ruleName -ErrorAction SilentlyContinue
    if ($null -ne $rule -and $PSCmdlet.ShouldProcess($ruleName, 'remove')) { $rule | Remove-NetFirewallRule }
}

function Set-Firewall {
    Remove-Rule
    if ($PSCmdlet.ShouldProcess($ruleName, "allow $NinjaTrader to ${Gateway}:$Port")) {
        New-NetFirewallRule -DisplayName $ruleName -Direction Outbound -Action Allow -Program $NinjaTrader `
            -Protocol TCP -RemoteAddress $Gateway -RemotePort $Port | Out-Null
        Write-Output "firewall: $NinjaTrader may reach ${Gateway}:$Port"
    }
}

function Undo-Adapter($before) {
    foreach ($setting in $before.Adapter) {
        if ($PSCmdlet.ShouldProcess("$($before.Name) $($setting.Keyword)", $setting.Value)) {
            Set-NetAdapterAdvancedProperty -Name $before.Name -RegistryKeyword $setting.Keyword -RegistryValue $setting.Value -NoRestart
        }
    }
    if ($null -ne $before.Rss -and $PSCmdlet.ShouldProcess("$($before.Name) RSS", "base processor $($before.Rss.Base)")) {
        Set-NetAdapterRss -Name $before.Name -Enabled $before.Rss.Enabled -BaseProcessorNumber $before.Rss.Base `
            -MaxProcessors $before.Rss.Processors -NoRestart
    }
    if ($PSCmdlet.ShouldProcess($before.Name, 'restart')) { Restart-NetAdapter -Name $before.Name }
}

function Undo-Time($before) {
    if (-not $PSCmdlet.ShouldProcess('Windows Time', "$($before.StartType), $($before.Server)")) { return }
    if ($null -ne $before.Type) { Set-TimeSource $before.Type ([string] $before.Server) $before.Interval }
    Set-Service -Name w32time -StartupType $before.StartType
    if (-not $before.Running) { Stop-Service -Name w32time }
}

function Undo-All {
    if (-not (Test-Path $recordFile)) { throw "$recordFile does not exist: nothing was changed by this script" }
    $before = Get-Content -Path $recordFile -Raw | ConvertFrom-Json
    if ($PSCmdlet.ShouldProcess('power scheme', $before.Scheme)) {
        powercfg.exe /setactive $before.Scheme
        if ($LASTEXITCODE -ne 0) { throw "powercfg /setactive failed with exit code $LASTEXITCODE" }
    }
    Undo-Adapter $before
    Undo-Time $before.Time
    Remove-Rule
    # Last: a run that failed on the way can be done again.
    if ($PSCmdlet.ShouldProcess($recordFile, 'remove')) {
        Remove-Item -Path $recordFile
        Write-Output 'put back what was before'
    }
}

if (-not (Test-Elevated) -and -not $WhatIfPreference) {
    throw 'Run this in an elevated PowerShell (Run as administrator), or look first with -WhatIf.'
}
if ($Undo) {
    Undo-All
    return
}
if ($null -eq (Get-NetAdapter -Name $Adapter -ErrorAction SilentlyContinue)) {
    throw "There is no network adapter '$Adapter'; there are: $((Get-NetAdapter | ForEach-Object { $_.Name }) -join ', ')"
}
if (-not (Test-Path $NinjaTrader)) {
    throw "$NinjaTrader does not exist; name NinjaTrader's program file with -NinjaTrader"
}
if (-not $WhatIfPreference) { Save-Before }
Set-Power
Set-AdapterSettings
Set-Time
Set-Firewall
Write-Output 'Done. A restart of Windows is not needed; a restart of NinjaTrader is, if it was connected.'
