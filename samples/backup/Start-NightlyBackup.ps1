# Runs a backup and ends with its exit code: for cron, or any other scheduler that is not registered with.
#   crontab:  30 2 * * *  pwsh -NoProfile -NonInteractive -File /opt/backup/Start-NightlyBackup.ps1 nightly
[CmdletBinding()]
param([Parameter(Mandatory)][string] $Name)

$ErrorActionPreference = 'Continue'
Import-Module PstMigration -ErrorAction Stop
exit (Start-MailboxBackup -Name $Name).ExitCode
