# Rehearses a nightly backup from end to end, in a mailbox on this machine.
$ErrorActionPreference = 'Stop'
$mailbox = Connect-MsMailbox -Sandbox ./rehearsal.mailbox
Import-PstToMailbox (Join-Path $PSScriptRoot '../rehearsal.pst') -Mailbox $mailbox
Register-MailboxBackup -Name rehearsal -Mailbox $mailbox -Destination ./Backup -Keep daily=7, weekly=4 -Scheduler None -Force
Start-MailboxBackup -Name rehearsal
Test-MailboxBackup -Name rehearsal
