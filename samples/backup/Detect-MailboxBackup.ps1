# Intune remediation, detection script, run as the signed-in user. Exit code 0: all backups are good. 1: something has to be done; a backup is
# missing, late or not what it should be. 2, with a line on the error stream: the script could not tell, and Intune lists the PC as failed.
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
    # Not being able to look is neither a bad backup nor an all-clear.
    Write-Error "The detection failed: $($_.FullyQualifiedErrorId)" -ErrorAction Continue
    exit 2
}
