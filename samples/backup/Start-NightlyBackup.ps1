# Runs a backup and ends with its exit code: for cron, or any other scheduler that is not registered with.
#   crontab:  30 2 * * *  pwsh -NoProfile -NonInteractive -File /opt/backup/Start-NightlyBackup.ps1 nightly
[CmdletBinding()]
param([Parameter(Mandatory)][string] $Name)

$ErrorActionPreference = 'Stop'
try {
    Import-Module PstMigration
    # Its error does not end the script: the exit code says what became of it.
    exit (Start-MailboxBackup -Name $Name -ErrorAction Continue).ExitCode
}
catch {
    [Console]::Error.WriteLine($_)
    exit 3
}
