<#
.SYNOPSIS
    A home PC: the owner's mailbox each night, with the archives Outlook keeps beside it and a copy on a second disk.

.DESCRIPTION
    Run it once, as the person whose mailbox it is. They sign in in the browser; from then on the backup runs by itself while they are signed in to the PC. A run that
    does not save everything puts a message into their Inbox.

.PARAMETER Destination
    The folder below which the backup makes its own.

.PARAMETER SecondDestination
    A folder on another disk; without it there is no second copy.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Destination,
    [string] $SecondDestination
)

$ErrorActionPreference = 'Stop'
Import-Module PstMigration
$mailbox = Connect-MsMailbox
$backup = @{
    Name = 'home'
    Mailbox = $mailbox
    Destination = $Destination
    At = '21:00'
    Keep = 'daily=14', 'monthly=12'
    MailOnFailure = $true
}
if ($SecondDestination) {
    $backup.SecondDestination = $SecondDestination
}

# Archives, without the mailbox's own cache.
$archives = @(Find-PstFile | Where-Object Path -like '*.pst' | ForEach-Object Path)
if ($archives.Count -gt 0) {
    $backup.IncludeLocalPst = $archives
}

Register-MailboxBackup @backup
Start-MailboxBackup -Name home
Test-MailboxBackup -Name home -Drill 20
