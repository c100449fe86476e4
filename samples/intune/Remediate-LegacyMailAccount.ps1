<#
.SYNOPSIS
    Intune remediation: tells the user that a mail account has to be set up again. Changes no account and no file of Outlook.

.DESCRIPTION
    Shows a notification and writes a line to %LOCALAPPDATA%\PstMigration\legacy-accounts.log, which holds no address. The user is told
    once a week at most. Runs as the logged-on user in 64-bit Windows PowerShell 5.1.

.PARAMETER HelpLink
    Where the notification leads; a page of your help desk. Intune gives no parameters: change the default here.

.PARAMETER Notify
    Shows the text in place of a Windows notification, for tests.

.PARAMETER Folder
    Where the log is kept.
#>
[CmdletBinding()]
param(
    [string] $HelpLink = 'https://support.microsoft.com/outlook',
    [scriptblock] $Notify,
    [string] $Folder
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

function Show-Toast([string] $Title, [string] $Text, [string] $Link) {
    $null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
    $null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]
    $encode = { param($value) [System.Security.SecurityElement]::Escape($value) }
    $xml = New-Object Windows.Data.Xml.Dom.XmlDocument
    $xml.LoadXml('<toast activationType="protocol" launch="' + (& $encode $Link) + '"><visual><binding template="ToastGeneric"><text>' +
        (& $encode $Title) + '</text><text>' + (& $encode $Text) + '</text></binding></visual></toast>')
    # Notifications need a program with an entry in the start menu.
    $program = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
    [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($program).Show((New-Object Windows.UI.Notifications.ToastNotification $xml))
}

try {
    if (-not $Folder) { $Folder = [System.IO.Path]::Combine([Environment]::GetFolderPath('LocalApplicationData'), 'PstMigration') }
    $null = [System.IO.Directory]::CreateDirectory($Folder)
    $log = [System.IO.Path]::Combine($Folder, 'legacy-accounts.log')
    if ([System.IO.File]::Exists($log) -and [System.IO.File]::GetLastWriteTimeUtc($log) -gt [DateTime]::UtcNow.AddDays(-7)) {
        Write-Output 'The user was told within the last week.'
        exit 0
    }

    # Japanese as character codes: a script without byte order mark is read in the code page of the PC.
    $title = 'Your mail account needs attention'
    $text = 'Outlook signs in to a Microsoft mailbox with a password, which is no longer accepted. Add the account again with File > Add Account. Do not remove the old one before its mail is saved.'
    if ([Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName -eq 'ja') {
        $title = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('44Oh44O844OrIOOCouOCq+OCpuODs+ODiOOBruWGjeioreWumuOBjOW/heimgeOBp+OBmQ=='))
        $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('T3V0bG9vayDjgYzjg5Hjgrnjg6/jg7zjg4njgacgTWljcm9zb2Z0IOOBruODoeODvOODq+ODnOODg+OCr+OCueOBq+OCteOCpOODs+OCpOODs+OBl+OBpuOBhOOBvuOBmeOBjOOAgeOBk+OBruaWueazleOBr+S9v+OBiOOBquOBj+OBquOCiuOBvuOBl+OBn+OAglvjg5XjgqHjgqTjg6tdID4gW+OCouOCq+OCpuODs+ODiOOBrui/veWKoF0g44Gn6L+95Yqg44GX55u044GX44Gm44GP44Gg44GV44GE44CC44Oh44O844Or44KS5L+d5a2Y44GZ44KL44G+44Gn44CB5Y+k44GE44Ki44Kr44Km44Oz44OI44Gv5YmK6Zmk44GX44Gq44GE44Gn44GP44Gg44GV44GE44CC'))
    }

    if ($Notify) { & $Notify $title $text $HelpLink } else { Show-Toast $title $text $HelpLink }
    [System.IO.File]::AppendAllText($log, [DateTime]::UtcNow.ToString('o') + " user told`r`n")
    Write-Output 'The user was told.'
    exit 0
}
catch {
    Write-Output ('The user could not be told: ' + $_.FullyQualifiedErrorId)
    exit 1
}
