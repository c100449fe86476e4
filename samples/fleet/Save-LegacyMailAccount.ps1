<#
.SYNOPSIS
    For log-on by group policy or Task Scheduler: writes what the detection finds into a folder that all PCs share.

.DESCRIPTION
    One file for each PC and user, <computer>-<hash>.json, overwritten each time. The hash is of the user's security identifier; no
    address and no user name is written. Give users the right to create and write files in the folder, not to list it.

    Group policy: User Configuration > Policies > Windows Settings > Scripts > Logon, or Preferences > Scheduled Tasks with
    legacy-mail-accounts.xml beside this script.

.PARAMETER Destination
    The shared folder.

.PARAMETER Detection
    The detection script; that of ../intune where not given.

.PARAMETER Discovery
    Handed to the detection, for tests.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Destination,
    [string] $Detection = [System.IO.Path]::Combine($PSScriptRoot, '..', 'intune', 'Detect-LegacyMailAccount.ps1'),
    [scriptblock] $Discovery
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$who = [Environment]::UserDomainName + '\' + [Environment]::UserName
if ([System.IO.Path]::DirectorySeparatorChar -eq '\') { $who = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value }
$sha = [System.Security.Cryptography.SHA256]::Create()
$hash = [BitConverter]::ToString($sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($who))).Replace('-', '').Substring(0, 16).ToLowerInvariant()
$sha.Dispose()

# A script that ends with exit is run by itself, so that it ends only itself.
$found = & $Detection -Discovery $Discovery
$json = @($found)[-1]
$file = [System.IO.Path]::Combine($Destination, ([Environment]::MachineName -replace '[^A-Za-z0-9-]', '_') + '-' + $hash + '.json')
$temporary = $file + '.partial'
[System.IO.File]::WriteAllText($temporary, $json, (New-Object System.Text.UTF8Encoding $false))
if ([System.IO.File]::Exists($file)) { [System.IO.File]::Delete($file) }
[System.IO.File]::Move($temporary, $file)
