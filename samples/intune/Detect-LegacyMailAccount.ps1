<#
.SYNOPSIS
    Intune detection: does Outlook of this user have accounts that still sign in to Microsoft with a password by POP, IMAP or ActiveSync?

.DESCRIPTION
    Exit code 1 means yes (Intune then runs the remediation), 0 means no. Any other code, with a line on the error stream, means that the script could not tell;
    Intune lists such a PC as failed, not as one without issues. The last line of the output is one JSON object of at most
    2,000 characters with protocols, domains, servers and verdicts. It holds no address, no name and no password; passwords are
    never read.

    In Intune: "Run this script using the logged-on credentials" = Yes, "Run script in 64-bit PowerShell" = Yes. Needs Windows
    PowerShell 5.1 and no module.

.PARAMETER Discovery
    Gives the accounts in place of the registry, for tests: objects with Protocol, Address and Server.
#>
[CmdletBinding()]
param([scriptblock] $Discovery)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$microsoftServers = 'outlook.office365.com', 'smtp.office365.com', 'smtp-mail.outlook.com', 'imap-mail.outlook.com', 'pop-mail.outlook.com',
    'outlook.office.com', 'pop3.live.com', 'smtp.live.com', 'imap.live.com', 'pop3.hotmail.com', 'm.hotmail.com', 's.outlook.com', 'eas.outlook.com'
$microsoftDomain = '^(hotmail|outlook|live|msn|windowslive|passport)\.[a-z]{2,3}(\.[a-z]{2})?$|\.onmicrosoft\.com$'
$appPasswordServers = '^(imap|pop|smtp)\.(gmail|googlemail)\.com$|\.mail\.yahoo\.com$|\.aol\.com$|\.mail\.me\.com$'

function Get-Text($Key, [string] $Name) {
    # Outlook up to 2013 writes text as bytes.
    $value = $Key.GetValue($Name)
    if ($value -is [byte[]]) { $value = [System.Text.Encoding]::Unicode.GetString($value) }
    if ($null -eq $value) { return '' }
    ([string] $value).Split([char] 0)[0].Trim()
}

function Get-OutlookAccount {
    $types = @{
        '{ED475411-B0D6-11D2-8C3B-00104B2A6676}' = 'Pop', 'POP3 Server'
        '{ED475412-B0D6-11D2-8C3B-00104B2A6676}' = 'Imap', 'IMAP Server'
        '{ED475415-B0D6-11D2-8C3B-00104B2A6676}' = 'ActiveSync', 'EAS Server URL'
        '{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}' = 'HotmailConnector', ''
    }
    $roots = 'Software\Microsoft\Office\16.0\Outlook\Profiles', 'Software\Microsoft\Office\15.0\Outlook\Profiles',
        'Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles'
    foreach ($root in $roots) {
        $profiles = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey($root)
        if ($null -eq $profiles) { continue }
        foreach ($name in $profiles.GetSubKeyNames()) {
            $manager = $profiles.OpenSubKey($name + '\9375CFF0413111d3B88A00104B2A6676')
            if ($null -eq $manager) { continue }
            foreach ($id in $manager.GetSubKeyNames()) {
                $key = $manager.OpenSubKey($id)
                $type = $types[(Get-Text $key 'clsid').ToUpperInvariant()]
                if ($null -eq $type) { continue }
                $server = ''
                if ($type[1]) { $server = (Get-Text $key $type[1]) -replace '^https?://([^/:]+).*$', '$1' }
                $address = Get-Text $key 'Email'
                if (-not $address) { $address = Get-Text $key 'Account Name' }
                New-Object PSObject -Property @{ Protocol = $type[0]; Address = $address; Server = $server }
            }
        }
    }
}

function Get-Verdict($Account, [string] $Domain) {
    if ($Account.Protocol -eq 'HotmailConnector') { return 'Blocked' }
    $server = ([string] $Account.Server).ToLowerInvariant().TrimEnd('.')
    if ($microsoftServers -contains $server) { return 'Blocked' }
    if (-not $server -and $Domain -match $microsoftDomain) { return 'Blocked' }
    if ($server -match $appPasswordServers) { return 'NeedsAppPassword' }
    'Other'
}

function Get-Plain([string] $Text) {
    # Names of domains and servers only: whatever else somebody put there stays here.
    if ($Text -match '^[A-Za-z0-9.-]{1,100}$') { return $Text.ToLowerInvariant() }
    '?'
}

try {
    if ($Discovery) { $accounts = @(& $Discovery) } else { $accounts = @(Get-OutlookAccount) }
    $counts = @{}
    $lines = New-Object System.Collections.Generic.List[string]
    foreach ($account in $accounts) {
        $domain = Get-Plain (([string] $account.Address) -split '@')[-1]
        if (([string] $account.Address).IndexOf('@') -lt 0) { $domain = '?' }
        $verdict = Get-Verdict $account $domain
        $counts[$verdict] = 1 + [int] $counts[$verdict]
        $line = '{"Protocol":"' + (Get-Plain $account.Protocol) + '","Domain":"' + $domain + '","Server":"' + (Get-Plain $account.Server) + '","Verdict":"' + $verdict + '"}'
        # What matters first, so that a long list loses the rest.
        if ($verdict -eq 'Blocked') { $lines.Insert(0, $line) } else { $lines.Add($line) }
    }

    $json = '{"Schema":1,"Blocked":' + [int] $counts['Blocked'] + ',"NeedsAppPassword":' + [int] $counts['NeedsAppPassword'] + ',"Other":' + [int] $counts['Other'] + ',"Accounts":['
    $list = ''
    $left = $lines.Count
    foreach ($line in $lines) {
        if ($json.Length + $list.Length + $line.Length -gt 1950) { break }
        if ($list) { $list += ',' }
        $list += $line
        $left--
    }
    Write-Output ($json + $list + '],"NotListed":' + $left + '}')
    if ([int] $counts['Blocked'] -gt 0) { exit 1 }
    exit 0
}
catch {
    # An error is no finding: nobody is to be told to change accounts because a script failed. But it is no all-clear either.
    Write-Output ('{"Schema":1,"Error":"' + (Get-Plain $_.FullyQualifiedErrorId) + '"}')
    Write-Error ('The detection failed: ' + (Get-Plain $_.FullyQualifiedErrorId)) -ErrorAction Continue
    exit 2
}
