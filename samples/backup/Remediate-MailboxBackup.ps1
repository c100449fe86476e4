# Intune remediation for Detect-MailboxBackup.ps1, run as the signed-in user: runs the backups that are late or failed, and ends with the worst of their exit codes.
# What a person has to do (signing in again, a disk that is away, a mailbox that lost much) stays an error, and the next detection tells it again.
$ErrorActionPreference = 'Stop'
try {
    Import-Module PstMigration
    $bad = @(Get-MailboxBackup | Where-Object Health -in 'Failing', 'Overdue', 'NeverRun')
    $results = @($bad | ForEach-Object { Start-MailboxBackup -Name $_.Name -ErrorAction Continue })
    ($results | ForEach-Object { "$($_.Name): $($_.Outcome) $($_.ErrorId)".Trim() }) -join '; '
    $worst = ($results | Measure-Object -Property ExitCode -Maximum).Maximum
    exit [int] $worst
} catch {
    Write-Error "The remediation failed: $($_.FullyQualifiedErrorId)" -ErrorAction Continue
    exit 3
}
