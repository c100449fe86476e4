# Intune remediation, detection script, run as the signed-in user: exit code 1 means that something has to be done.
# A backup that is missing, cannot be looked at, or is not what it should be is told as that.
$ErrorActionPreference = 'Stop'
try {
    Import-Module PstMigration
    $backups = @(Get-MailboxBackup)
    if ($backups.Count -eq 0) {
        'No backup is registered.'
        exit 1
    }

    $bad = @($backups | Where-Object Health -ne 'Good')
    if ($bad.Count -gt 0) {
        ($bad | ForEach-Object { "$($_.Name): $($_.Health)" }) -join '; '
        exit 1
    }

    "$($backups.Count) backups are good."
    exit 0
} catch {
    "Failed: $($_.FullyQualifiedErrorId)"
    exit 1
}
