<#
.SYNOPSIS
    Makes one report of what the detection found on many PCs: counts for each verdict, and the accounts behind them.

.DESCRIPTION
    Reads the files Save-LegacyMailAccount.ps1 left in a folder, and exports of Intune's device status (CSV with the column
    PreRemediationDetectionScriptOutput). Writes HTML or CSV by the name of the report. A file that cannot be read is told and
    counted; the others go into the report.

.PARAMETER Path
    Folders with .json files, single .json files, or .csv files from Intune.

.PARAMETER Report
    The report: .html or .csv.

.EXAMPLE
    .\New-LegacyMailAccountReport.ps1 -Path \\server\legacy-mail$ -Report .\legacy-mail.html
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string[]] $Path,
    [Parameter(Mandatory = $true)] [ValidatePattern('\.(html|csv)$')] [string] $Report
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

function ConvertFrom-Detection([string] $Json, [string] $Device) {
    $found = $Json | ConvertFrom-Json
    if ($found.Schema -ne 1) { throw 'The schema is not known.' }
    if ($found.PSObject.Properties['Error']) { throw ('The detection failed: ' + $found.Error) }
    foreach ($account in @($found.Accounts)) {
        New-Object PSObject -Property @{
            Device = $Device; Verdict = [string] $account.Verdict; Protocol = [string] $account.Protocol
            Domain = [string] $account.Domain; Server = [string] $account.Server
        }
    }
    if ($found.NotListed -gt 0) { Write-Warning ($Device + ': ' + $found.NotListed + ' accounts are counted there but not listed.') }
}

function Get-Encoded([string] $Text) { [System.Net.WebUtility]::HtmlEncode(($Text -replace '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]', '?')) }

function Get-Cell([string] $Text) {
    # A cell that begins like a formula would be one in Excel.
    $plain = $Text -replace '[\x00-\x1F\x7F]', ' '
    if ($plain -match '^[=+\-@]') { $plain = "'" + $plain }
    '"' + $plain.Replace('"', '""') + '"'
}

$rows = New-Object System.Collections.Generic.List[object]
$devices = @{}
$unread = 0
foreach ($given in $Path) {
    foreach ($item in @(Get-ChildItem -LiteralPath $given -File | Where-Object { $_.Extension -in '.json', '.csv' })) {
        try {
            if ($item.Length -gt 64MB) { throw 'The file is too large.' }
            if ($item.Extension -eq '.json') {
                if ($item.Length -gt 64KB) { throw 'The file is too large.' }
                $name = $item.BaseName
                foreach ($row in @(ConvertFrom-Detection ([System.IO.File]::ReadAllText($item.FullName)) $name)) { if ($row) { $rows.Add($row) } }
                $devices[$name] = $true
            }
            else {
                foreach ($line in @(Import-Csv -LiteralPath $item.FullName)) {
                    $name = if ($line.PSObject.Properties['DeviceName']) { $line.DeviceName } else { $item.BaseName }
                    try {
                        foreach ($row in @(ConvertFrom-Detection $line.PreRemediationDetectionScriptOutput $name)) { if ($row) { $rows.Add($row) } }
                        $devices[$name] = $true
                    }
                    catch {
                        $unread++
                        Write-Warning ($name + ': ' + $_.Exception.Message)
                    }
                }
            }
        }
        catch {
            $unread++
            Write-Warning ($item.Name + ': ' + $_.Exception.Message)
        }
    }
}

$order = @{ Blocked = 0; NeedsModernAuth = 1; NeedsAppPassword = 2; Retiring = 3; Supported = 4; Other = 5 }
$sorted = @($rows | Sort-Object @{ Expression = { if ($order.ContainsKey($_.Verdict)) { $order[$_.Verdict] } else { 9 } } }, Device, Domain)
$text = New-Object System.Text.StringBuilder
if ($Report -match '\.csv$') {
    $null = $text.AppendLine('"Verdict","Protocol","Domain","Server","Device"')
    foreach ($row in $sorted) {
        $null = $text.AppendLine((@($row.Verdict, $row.Protocol, $row.Domain, $row.Server, $row.Device) | ForEach-Object { Get-Cell $_ }) -join ',')
    }
}
else {
    $null = $text.Append('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''">')
    $null = $text.Append('<title>Legacy mail accounts</title><style>body{font:14px sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px 8px;text-align:left}.Blocked td{background:#fdd}</style></head><body>')
    $null = $text.Append('<h1>Legacy mail accounts</h1><p>' + $devices.Count + ' devices, ' + $sorted.Count + ' accounts, ' + $unread + ' results that could not be read.</p>')
    $null = $text.Append('<table><tr><th>Verdict</th><th>Accounts</th><th>Devices</th></tr>')
    foreach ($group in @($sorted | Group-Object Verdict)) {
        $null = $text.Append('<tr><td>' + (Get-Encoded $group.Name) + '</td><td>' + $group.Count + '</td><td>' + @($group.Group | ForEach-Object { $_.Device } | Sort-Object -Unique).Count + '</td></tr>')
    }
    $null = $text.Append('</table><h2>Accounts</h2><table><tr><th>Verdict</th><th>Protocol</th><th>Domain</th><th>Server</th><th>Device</th></tr>')
    foreach ($row in $sorted) {
        $class = if ($row.Verdict -eq 'Blocked') { ' class="Blocked"' } else { '' }
        $null = $text.Append('<tr' + $class + '>')
        foreach ($cell in $row.Verdict, $row.Protocol, $row.Domain, $row.Server, $row.Device) { $null = $text.Append('<td>' + (Get-Encoded $cell) + '</td>') }
        $null = $text.Append('</tr>')
    }
    $null = $text.Append('</table></body></html>')
}

# With byte order mark, so that Excel in Japan reads it right.
$full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Report)
[System.IO.File]::WriteAllText($full, $text.ToString(), (New-Object System.Text.UTF8Encoding $true))
New-Object PSObject -Property @{ Report = $full; Devices = $devices.Count; Accounts = $sorted.Count; Unread = $unread }
