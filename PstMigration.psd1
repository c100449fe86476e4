@{
    RootModule             = 'PstMigration.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f5ab0c3-53f6-4c7e-9a43-7f1f2a0de9b1'
    Author                 = 'The PstMigration founders'
    CompanyName            = 'PstMigration'
    Copyright              = '(c) The PstMigration founders. MIT License.'
    Description            = 'Gets people off POP/IMAP and .pst files: reads and writes Outlook data files without Outlook, moves them into Microsoft 365 and Outlook.com mailboxes, and brings mailboxes back into .pst files.'
    CompatiblePSEditions   = @('Desktop', 'Core')
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess         = @('PstMigration.Types.ps1xml')
    FormatsToProcess       = @('PstMigration.Format.ps1xml', 'PstMigration.Kinds.Format.ps1xml')
    CmdletsToExport        = @(
        'Compare-PstToMailbox'
        'Connect-MsMailbox'
        'Disconnect-MsMailbox'
        'Export-MailboxToPst'
        'Export-PstItem'
        'Export-PstTransferReport'
        'Find-PstFile'
        'Get-LegacyMailAccount'
        'Get-MailboxBackup'
        'Get-MsMailbox'
        'Get-MsMailboxFolder'
        'Get-PstFile'
        'Get-PstFolder'
        'Get-PstItem'
        'Get-PstTransfer'
        'Import-PstItem'
        'Import-PstToMailbox'
        'New-PstFile'
        'New-PurviewImportMapping'
        'Register-MailboxBackup'
        'Remove-PstItem'
        'Remove-PstTransfer'
        'Start-MailboxBackup'
        'Test-LegacyMailAccount'
        'Test-MailboxBackup'
        'Test-MsMailboxConnection'
        'Test-PstFile'
        'Undo-PstTransfer'
        'Unregister-MailboxBackup'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('Outlook', 'PST', 'OST', 'Mail', 'Migration', 'Exchange', 'Microsoft365', 'Backup', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
