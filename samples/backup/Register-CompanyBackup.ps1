<#
.SYNOPSIS
    A company: many mailboxes each night, by an application that signs in with a certificate. Run it as the account that is to run the backups.

.DESCRIPTION
    Nobody signs in. The certificate, with its key, is in the store of the account the backups run as, and the application may read these mailboxes and no others
    (Limit-ApplicationMailbox.ps1). Backups begin a quarter of an hour apart, four at a time. A mailbox that cannot be registered is an error, and the others still are.

.PARAMETER MailboxList
    A CSV file with a column Address.

.PARAMETER ClientId
    The application.

.PARAMETER TenantId
    The tenant.

.PARAMETER CertificateThumbprint
    The certificate.

.PARAMETER Destination
    The folder below which each backup makes its own.

.PARAMETER MetricsFolder
    The folder of the textfile collector of Prometheus; without it no metrics are written.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $MailboxList,
    [Parameter(Mandatory)] [string] $ClientId,
    [Parameter(Mandatory)] [string] $TenantId,
    [Parameter(Mandatory)] [string] $CertificateThumbprint,
    [Parameter(Mandatory)] [string] $Destination,
    [string] $MetricsFolder
)

$ErrorActionPreference = 'Stop'
Import-Module PstMigration
$start = [datetime] '01:00'
$number = 0
$failed = 0
foreach ($row in Import-Csv -LiteralPath $MailboxList -Encoding UTF8) {
    # Names of backups are letters, digits, _, . and -.
    $name = $row.Address -replace '[^\w.-]', '-'
    $backup = @{ Name = $name; Destination = $Destination; At = $start.AddMinutes(15 * [math]::Floor($number / 4)); Keep = 'daily=30', 'monthly=12', 'yearly=7'; Force = $true }
    if ($MetricsFolder) {
        $backup.MetricsFile = Join-Path $MetricsFolder "backup-$name.prom"
    }

    try {
        $mailbox = Connect-MsMailbox -Mailbox $row.Address -ClientId $ClientId -TenantId $TenantId -CertificateThumbprint $CertificateThumbprint
        try {
            Register-MailboxBackup @backup -Mailbox $mailbox -CertificateThumbprint $CertificateThumbprint
        } finally {
            Disconnect-MsMailbox -Mailbox $mailbox
        }
    } catch {
        $failed++
        Write-Error "$($row.Address): $_" -ErrorAction Continue
    }

    $number++
}

exit [int]($failed -gt 0)
