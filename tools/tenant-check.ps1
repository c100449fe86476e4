<#
.SYNOPSIS
    Finds out in a live mailbox what the sandbox only assumes, and writes one report to send back.

.DESCRIPTION
    Makes a folder and a calendar of its own in a test mailbox, creates some twenty messages and a day in them, exports two and imports them
    again where the account can do that, reads them back, and removes all of it. Each answer is one assumption of the sandbox (SandboxBehaviour). Nothing is sent to anybody; nothing else is read or changed.

    The report holds no subject, no address and no id. Read it before you send it.

.PARAMETER AccessToken
    A token for Microsoft Graph with Mail.ReadWrite, as a SecureString; with Calendars.ReadWrite for the questions of calendars, and for those of import and export, which only work and school accounts
    have, with MailboxSettings.Read, MailboxFolder.Read, MailboxItem.Read and MailboxItem.ImportExport. Without it, the session of Connect-MgGraph is used.

.PARAMETER Report
    Where the report goes.

.PARAMETER Graph
    The address of Microsoft Graph; that of the global cloud where not given.

.PARAMETER Proxy
    A proxy, where it is not the system's. Not used with the session of Connect-MgGraph.

.EXAMPLE
    Connect-MgGraph -Scopes Mail.ReadWrite, Calendars.ReadWrite
    .\tools\tenant-check.ps1

    Checks the mailbox of whoever signed in, and writes tenant-check.json into the current folder.

.EXAMPLE
    Connect-MgGraph -Scopes Mail.ReadWrite, Calendars.ReadWrite, MailboxSettings.Read, MailboxFolder.Read, MailboxItem.Read, MailboxItem.ImportExport
    .\tools\tenant-check.ps1

    The same for a work account, with the questions of import and export; an administrator has to approve MailboxItem.ImportExport.
#>
[CmdletBinding()]
param(
    [System.Security.SecureString] $AccessToken,
    [string] $Report = [System.IO.Path]::Combine((Get-Location).ProviderPath, 'tenant-check.json'),
    [uri] $Graph = 'https://graph.microsoft.com/v1.0',
    [uri] $Proxy
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Net.Http

if ($AccessToken) {
    $handler = New-Object System.Net.Http.HttpClientHandler
    $handler.AllowAutoRedirect = $false
    if ($Proxy) { $handler.Proxy = New-Object System.Net.WebProxy $Proxy }
    $client = New-Object System.Net.Http.HttpClient $handler
    $plain = (New-Object System.Net.NetworkCredential '', $AccessToken).Password
    $client.DefaultRequestHeaders.Authorization = New-Object System.Net.Http.Headers.AuthenticationHeaderValue 'Bearer', $plain
}
else {
    $helpers = 'Microsoft.Graph.PowerShell.Authentication.Helpers.HttpHelpers' -as [type]
    if (-not $helpers) { throw 'Run Connect-MgGraph -Scopes Mail.ReadWrite, Calendars.ReadWrite first, or give -AccessToken.' }
    $client = $helpers::GetGraphHttpClient()
}

$uploadHandler = New-Object System.Net.Http.HttpClientHandler
$uploadHandler.AllowAutoRedirect = $false
if ($Proxy) { $uploadHandler.Proxy = New-Object System.Net.WebProxy $Proxy }
$uploads = New-Object System.Net.Http.HttpClient $uploadHandler

function Send([string] $Method, [string] $Path, $Body, [string] $Type = 'application/json') {
    $request = New-Object System.Net.Http.HttpRequestMessage (New-Object System.Net.Http.HttpMethod $Method), ($Graph.AbsoluteUri.TrimEnd('/') + $Path)
    $request.Headers.TryAddWithoutValidation('Prefer', 'IdType="ImmutableId"') | Out-Null
    if ($null -ne $Body) {
        $text = $(if ($Body -is [string]) { $Body } else { $Body | ConvertTo-Json -Depth 12 -Compress })
        $request.Content = New-Object System.Net.Http.StringContent $text, ([System.Text.Encoding]::UTF8), $Type
    }
    $response = $client.SendAsync($request).GetAwaiter().GetResult()
    $content = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    # Windows PowerShell and PowerShell 7 make times of such texts; told apart below, they have to stay texts.
    $escaped = $content -replace '"(\d{4}-\d\d-\d\dT[^"]*)"', '"=$1"'
    $json = $null
    try { $json = $escaped | ConvertFrom-Json } catch { $json = $null }
    [pscustomobject] @{ Status = [int] $response.StatusCode; Json = $json }
}

$properties = "`$expand=singleValueExtendedProperties(`$filter=id eq 'Integer 0x0E07' or id eq 'String 0x007D' or id eq 'String 0x001A' or id eq 'Binary 0x0071' or id eq 'String 0x0070' or id eq 'Integer 0x1080' or id eq 'Integer 0x1081' or id eq 'SystemTime 0x1082' or id eq 'Binary {00020329-0000-0000-C000-000000000046} Name PstMigrationCheck')"

function New-Body([hashtable] $Properties = @{}, [hashtable] $More = @{}) {
    $body = @{
        subject = 'PstMigration check'
        body = @{ contentType = 'html'; content = '<p>Check</p>' }
        from = @{ emailAddress = @{ name = 'Somebody'; address = 'somebody@example.com' } }
        sender = @{ emailAddress = @{ name = 'Somebody'; address = 'somebody@example.com' } }
        toRecipients = @(@{ emailAddress = @{ name = 'Other'; address = 'other@example.com' } })
    }
    foreach ($key in $More.Keys) { $body[$key] = $More[$key] }
    if ($Properties.Count) {
        $body.singleValueExtendedProperties = @($Properties.Keys | ForEach-Object { @{ id = $_; value = $Properties[$_] } })
    }
    $body
}

function New-Message($Body) {
    $made = Send POST "/me/mailFolders/$folder/messages" $Body
    if ($made.Status -ne 201) { return $made }
    $read = Send GET "/me/messages/$($made.Json.id)?$properties"
    $read | Add-Member NoteProperty Created $made.Status
    $read
}

function Get-Extended($Message, [string] $Id) {
    if ($Message.Json.PSObject.Properties['singleValueExtendedProperties']) {
        foreach ($property in $Message.Json.singleValueExtendedProperties) {
            # Ids come back as the service spells them.
            if (($property.id -replace '0x0*', '0x') -eq ($Id -replace '0x0*', '0x')) { return [string] $property.value }
        }
    }
}

function Test-Time($Text, [string] $Wanted) { "$Text".StartsWith("=$Wanted") }

# An event in a calendar of the check's own, or the reason why there is none.
function New-CheckEvent([hashtable] $Body) {
    if (-not $calendars) {
        $calendar = Send POST '/me/calendars' @{ name = $name }
        if ($calendar.Status -eq 403) { return 'not asked: Calendars.ReadWrite was not granted' }
        if ($calendar.Status -ne 201) { return "status $($calendar.Status)" }
        $script:calendars += $calendar.Json.id
    }
    $made = Send POST "/me/calendars/$($calendars[0])/events" ($Body + @{ subject = 'PstMigration check'; isReminderOn = $false })
    $(if ($made.Status -eq 201) { $made } else { "status $($made.Status)" })
}

# An item made by nobody's server: an IPM.Note with subject, text, times and a recipient, as a FastTransfer stream.
$foreign = 'AQAAAAgAAAAAAAAAAQAAAAMAAAAYAAAAAQAAAAcDAgAAAAAAwAAAAAAAAEYAJACABAAAAAYAAAAUD9aRhhcCAAAA3QAAALCEGgASAAAASQBQAE0ALgBOAG8AdABlAAAAsIQ3AAYAAABI' +
    'AGkAAABAADkAAAAAAAAA2gFAAAYOAAAAAAAA2gEDAAcOAQAAALCEABAEAAAAeAAAAAsAAYAIIAYAAAAAAMAAAAAAAABGAAaFAAAAAAMAFkANABIOAwADQAMAADAAAAAAAwAVDAEAAACw' +
    'hAEwBAAAAEEAAACwhAIwCgAAAFMATQBUAFAAAACwhAMwDAAAAGEAQABiAC4AYwAAALCE/jkMAAAAYQBAAGIALgBjAAAAAwAEQAMAFkANABMO'

# The mailbox as import and export name it, or the reason why they are not asked.
function Get-Mailbox {
    if (-not $script:exchange) { $script:exchange = Send GET '/me/settings/exchange' }
    $(if ($script:exchange.Status -ne 200) { "not asked: status $($script:exchange.Status)" } else { '/admin/exchange/mailboxes/' + $script:exchange.Json.primaryMailboxId })
}

# The folder of the check as import and export name it, or the reason why they are not asked.
function Get-MailboxFolder {
    $mailbox = Get-Mailbox
    if (-not $mailbox.StartsWith('/')) { return $mailbox }
    $found = Send GET "$mailbox/folders?`$filter=displayName%20eq%20'$([Uri]::EscapeDataString($name))'"
    if ($found.Status -ne 200) { return "not asked: status $($found.Status)" }
    $(if (@($found.Json.value).Count) { "$mailbox/folders/$(@($found.Json.value)[0].id)" } else { 'not asked: the folder was not found' })
}

# Imports a stream into the folder of the check. The address of a session is its own secret: it gets no token, and a client that has none.
function Import-Stream([string] $Data) {
    $place = Get-MailboxFolder
    if (-not $place.StartsWith('/')) { return $place }
    $session = Send POST "$(Get-Mailbox)/createImportSession"
    if ($session.Status -notin 200, 201) { return "not asked: status $($session.Status)" }
    $body = @{ FolderId = $place.Substring($place.LastIndexOf('/') + 1); Mode = 'create'; Data = $Data } | ConvertTo-Json -Compress
    $content = New-Object System.Net.Http.StringContent $body, ([System.Text.Encoding]::UTF8), 'application/json'
    $response = $uploads.PostAsync([uri] $session.Json.importUrl, $content).GetAwaiter().GetResult()
    $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    $json = $null
    try { $json = $text | ConvertFrom-Json } catch { $json = $null }
    [pscustomobject] @{ Status = [int] $response.StatusCode; Json = $json }
}

# Exports a message of the check, puts another value of a property of fixed size into it, and imports it: what published clients do.
function Import-Changed([byte[]] $Tag, [byte[]] $Value) {
    $mailbox = Get-Mailbox
    if (-not $mailbox.StartsWith('/')) { return $mailbox }
    $m = New-Message (New-Body $draft)
    $exported = Send POST "$mailbox/exportItems" @{ ItemIds = @($m.Json.id) }
    if ($exported.Status -ne 200) { return "not asked: status $($exported.Status)" }
    $answer = @($exported.Json.value)[0]
    if (-not $answer.PSObject.Properties['data']) { return 'not asked: the message was not exported' }
    $bytes = [Convert]::FromBase64String($answer.data)
    $at = -1
    for ($i = 62; $i -lt $bytes.Length - 12 -and $at -lt 0; $i++) {
        if ($bytes[$i] -eq $Tag[0] -and $bytes[$i + 1] -eq $Tag[1] -and $bytes[$i + 2] -eq $Tag[2] -and $bytes[$i + 3] -eq $Tag[3]) { $at = $i + 4 }
    }
    if ($at -lt 0) { return 'not asked: the property was not in the stream' }
    [Array]::Copy($Value, 0, $bytes, $at, $Value.Length)
    $imported = Import-Stream ([Convert]::ToBase64String($bytes))
    if ($imported -is [string]) { return $imported }
    if ($imported.Status -ne 200) { return "status $($imported.Status)" }
    $read = Send GET "/me/messages/$($imported.Json.itemId)"
    $(if ($read.Status -ne 200) { "status $($read.Status)" } else { $read })
}

$answers = New-Object System.Collections.ArrayList
function Add-Answer([string] $Switch, [scriptblock] $Ask) {
    Write-Host "$Switch ..." -NoNewline
    try { $answer = & $Ask } catch { $answer = 'failed: ' + $_.Exception.GetType().Name }
    $null = $answers.Add([pscustomobject] [ordered] @{ Switch = $Switch; Answer = $answer })
    Write-Host " $answer"
}

$sent = @{ 'Integer 0x0E07' = '1'; 'SystemTime 0x0039' = '2011-06-21T08:30:00Z'; 'SystemTime 0x0E06' = '2011-06-21T08:31:00Z' }
$draft = @{ 'Integer 0x0E07' = '8' }

$exchange = $null
$name = 'PstMigration check ' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
$calendars = @()
$root = Send POST '/me/mailFolders' @{ displayName = $name }
if ($root.Status -ne 201) { throw "The folder for the check could not be made: status $($root.Status)." }
$folder = $root.Json.id

try {
    Add-Answer HonoursFlagsAtCreate { -not (New-Message (New-Body $sent)).Json.isDraft }
    Add-Answer HonoursZeroFlags {
        $m = New-Message (New-Body @{ 'Integer 0x0E07' = '0' })
        -not $m.Json.isDraft -and -not $m.Json.isRead
    }
    Add-Answer IsReadWinsOverFlags { -not (New-Message (New-Body $sent @{ isRead = $false })).Json.isRead }
    Add-Answer HonoursTimesAtCreate {
        $m = New-Message (New-Body $sent)
        (Test-Time $m.Json.sentDateTime '2011-06-21T08:30:00') -and (Test-Time $m.Json.receivedDateTime '2011-06-21T08:31:00')
    }
    Add-Answer HonoursCreationTime {
        Test-Time (New-Message (New-Body ($sent + @{ 'SystemTime 0x3007' = '2011-06-21T08:29:00Z' }))).Json.createdDateTime '2011-06-21T08:29:00'
    }
    Add-Answer RefusesTopLevelTimes { (New-Message (New-Body $sent @{ receivedDateTime = '2011-06-21T08:31:00Z' })).Status -eq 400 }
    Add-Answer HonoursSenderAtCreate { (New-Message (New-Body $sent)).Json.from.emailAddress.address -eq 'somebody@example.com' }
    Add-Answer HonoursInternetMessageId {
        $id = '<' + [Guid]::NewGuid().ToString('N') + '@example.com>'
        (New-Message (New-Body $sent @{ internetMessageId = $id })).Json.internetMessageId -eq $id
    }
    Add-Answer HonoursTransportHeaders {
        [bool] (Get-Extended (New-Message (New-Body ($sent + @{ 'String 0x007D' = "X-Check: kept`r`n" }))) 'String 0x7d')
    }
    Add-Answer HonoursMessageClass {
        (Get-Extended (New-Message (New-Body ($sent + @{ 'String 0x001A' = 'IPM.Note.PstMigrationCheck' }))) 'String 0x1a') -eq 'IPM.Note.PstMigrationCheck'
    }
    Add-Answer HonoursConversation {
        $index = [Convert]::ToBase64String([byte[]] (@(1) + @(1..21)))
        $m = New-Message (New-Body ($sent + @{ 'Binary 0x0071' = $index; 'String 0x0070' = 'Kept topic' }))
        (Get-Extended $m 'Binary 0x71') -eq $index -and (Get-Extended $m 'String 0x70') -eq 'Kept topic'
    }
    Add-Answer HonoursLastVerb {
        $m = New-Message (New-Body ($sent + @{ 'Integer 0x1080' = '261'; 'Integer 0x1081' = '102'; 'SystemTime 0x1082' = '2011-06-22T00:00:00Z' }))
        (Get-Extended $m 'Integer 0x1081') -eq '102'
    }
    Add-Answer ComputesFromMe {
        $me = Send GET '/me?$select=mail,userPrincipalName'
        if ($me.Status -ne 200) { return 'not asked: User.Read was not granted' }
        $address = $(if ($me.Json.mail) { $me.Json.mail } else { $me.Json.userPrincipalName })
        $self = @{ emailAddress = @{ name = 'Me'; address = $address } }
        $m = New-Message (New-Body $sent @{ from = $self; sender = $self })
        ([int] (Get-Extended $m 'Integer 0xe07') -band 0x20) -ne 0
    }
    Add-Answer AcceptsMimeInFolders {
        $mime = "From: a@example.com`r`nTo: b@example.com`r`nSubject: PstMigration check`r`n`r`nCheck`r`n"
        $made = Send POST "/me/mailFolders/$folder/messages" ([Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes($mime))) 'text/plain'
        $(if ($made.Status -eq 201) { $true } elseif ($made.Status -eq 400) { $false } else { "status $($made.Status)" })
    }
    Add-Answer AllowsAttachmentsOnSentItems {
        $m = New-Message (New-Body $sent)
        if ($m.Json.isDraft) { return 'not known: every new message is a draft' }
        $made = Send POST "/me/messages/$($m.Json.id)/attachments" @{ '@odata.type' = '#microsoft.graph.fileAttachment'; name = 'check.txt'; contentBytes = 'Y2hlY2s=' }
        $(if ($made.Status -eq 201) { $true } elseif ($made.Status -eq 403) { $false } else { "status $($made.Status)" })
    }
    Add-Answer RefusesChangesToSentItems {
        $m = New-Message (New-Body $sent)
        if ($m.Json.isDraft) { return 'not known: every new message is a draft' }
        $changed = Send PATCH "/me/messages/$($m.Json.id)" @{ subject = 'PstMigration check, changed' }
        $(if ($changed.Status -eq 403) { $true } elseif ($changed.Status -eq 200) { $false } else { "status $($changed.Status)" })
    }
    Add-Answer RefusesNestedAttachments {
        $file = @{ '@odata.type' = '#microsoft.graph.fileAttachment'; name = 'check.txt'; contentBytes = 'Y2hlY2s=' }
        $item = @{ '@odata.type' = '#microsoft.graph.message'; subject = 'Inner'; body = @{ contentType = 'text'; content = 'Check' }; attachments = @($file) }
        $made = New-Message (New-Body $sent @{ attachments = @(@{ '@odata.type' = '#microsoft.graph.itemAttachment'; name = 'Inner'; item = $item }) })
        $(if ($made.Status -eq 400) { $true } elseif ($made.Status -eq 200) { $false } else { "status $($made.Status)" })
    }
    Add-Answer RefusesSmallUploadSessions {
        $m = New-Message (New-Body $draft)
        $session = Send POST "/me/messages/$($m.Json.id)/attachments/createUploadSession" @{ AttachmentItem = @{ attachmentType = 'file'; name = 'check.txt'; size = 1000 } }
        $(if ($session.Status -eq 400) { $true } elseif ($session.Status -in 200, 201) { $false } else { "status $($session.Status)" })
    }
    Add-Answer AnswersUploadStatus {
        $m = New-Message (New-Body $draft)
        $session = Send POST "/me/messages/$($m.Json.id)/attachments/createUploadSession" @{ AttachmentItem = @{ attachmentType = 'file'; name = 'check.bin'; size = 5000000 } }
        if ($session.Status -notin 200, 201) { return "status $($session.Status)" }
        # The address is its own secret: it gets no token, and a client that has none.
        $asked = $uploads.GetAsync([uri] $session.Json.uploadUrl).GetAwaiter().GetResult()
        $null = $uploads.DeleteAsync([uri] $session.Json.uploadUrl).GetAwaiter().GetResult()
        $status = [int] $asked.StatusCode
        $(if ($status -eq 200) { $true } elseif ($status -in 400, 404, 405, 501) { $false } else { "status $status" })
    }
    Add-Answer NormalisesHtml { (New-Message (New-Body $sent)).Json.body.content -ne '<p>Check</p>' }
    Add-Answer AnswersWholeSeconds {
        $m = New-Message (New-Body @{ 'Integer 0x0E07' = '1'; 'SystemTime 0x0039' = '2011-06-21T08:30:00.1234567Z'; 'SystemTime 0x0E06' = '2011-06-21T08:31:00.1234567Z' })
        "$($m.Json.receivedDateTime)" -notmatch '\.\d'
    }
    Add-Answer OmitsLargeBinaryProperties {
        $id = 'Binary {00020329-0000-0000-C000-000000000046} Name PstMigrationCheck'
        $m = New-Message (New-Body ($sent + @{ $id = [Convert]::ToBase64String((New-Object byte[] 70000)) }))
        $(if ($m.Status -ne 200) { "status $($m.Status)" } else { -not (Get-Extended $m $id) })
    }
    Add-Answer DelaysVisibilityInFilters {
        # Whichever id it has, the one asked for or the service's own.
        $id = (New-Message (New-Body $sent)).Json.internetMessageId
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $filter = [Uri]::EscapeDataString("internetMessageId eq '$id'")
        while ($watch.Elapsed.TotalSeconds -lt 120) {
            $found = Send GET "/me/messages?`$filter=$filter&`$select=id"
            if ($found.Status -ne 200) { return "status $($found.Status)" }
            if (@($found.Json.value).Count) {
                return $(if ($watch.Elapsed.TotalSeconds -lt 1.5) { $false } else { "true, after $([Math]::Round($watch.Elapsed.TotalSeconds)) seconds" })
            }
            [System.Threading.Thread]::Sleep(1000)
        }
        'true, for more than 120 seconds'
    }
    Add-Answer ListsRecoverableItems {
        $m = New-Message (New-Body $draft)
        $moved = Send POST "/me/messages/$($m.Json.id)/move" @{ destinationId = 'recoverableitemsdeletions' }
        if ($moved.Status -notin 200, 201) { return "status $($moved.Status)" }
        $listed = $false
        for ($i = 0; $i -lt 4 -and -not $listed; $i++) {
            if ($i) { [System.Threading.Thread]::Sleep(1000) }
            $all = Send GET "/me/messages?`$select=id&`$top=50&`$orderby=receivedDateTime%20desc"
            if ($all.Status -ne 200) { return "status $($all.Status)" }
            $listed = @(@($all.Json.value) | Where-Object { $_.id -ceq $moved.Json.id }).Count -gt 0
        }
        $null = Send POST "/me/messages/$($moved.Json.id)/permanentDelete"
        $listed
    }
    Add-Answer RefusesUnfilteredSort {
        $sorted = Send GET "/me/mailFolders/$folder/messages?`$filter=isRead%20eq%20true&`$orderby=subject"
        $(if ($sorted.Status -eq 400) { $true } elseif ($sorted.Status -eq 200) { $false } else { "status $($sorted.Status)" })
    }
    Add-Answer AnswersDaysAsMidnight {
        $made = New-CheckEvent @{
            isAllDay = $true
            start = @{ dateTime = '2011-06-21T00:00:00'; timeZone = 'Tokyo Standard Time' }
            end = @{ dateTime = '2011-06-22T00:00:00'; timeZone = 'Tokyo Standard Time' }
        }
        $(if ($made -is [string]) { $made } else { Test-Time $made.Json.start.dateTime '2011-06-21T00:00:00' })
    }
    Add-Answer OccurrencesInheritExtendedProperties {
        $id = 'String {00020329-0000-0000-C000-000000000046} Name PstMigrationCheck'
        $made = New-CheckEvent @{
            start = @{ dateTime = '2011-06-21T08:30:00'; timeZone = 'UTC' }
            end = @{ dateTime = '2011-06-21T09:00:00'; timeZone = 'UTC' }
            recurrence = @{
                pattern = @{ type = 'daily'; interval = 1 }
                range = @{ type = 'numbered'; startDate = '2011-06-21'; numberOfOccurrences = 2 }
            }
            singleValueExtendedProperties = @(@{ id = $id; value = '1' })
        }
        if ($made -is [string]) { return $made }
        $days = Send GET "/me/events/$($made.Json.id)/instances?startDateTime=2011-06-20T00:00:00&endDateTime=2011-06-24T00:00:00"
        if ($days.Status -ne 200) { return "status $($days.Status)" }
        $second = @($days.Json.value)[1].id
        $changed = Send PATCH "/me/events/$second" @{ subject = 'PstMigration check, changed' }
        if ($changed.Status -ne 200) { return "status $($changed.Status)" }
        $read = Send GET "/me/events/$($second)?`$expand=singleValueExtendedProperties(`$filter=id eq '$id')"
        $(if ($read.Status -ne 200) { "status $($read.Status)" } else { (Get-Extended $read $id) -eq '1' })
    }
    Add-Answer ImportsForeignStreams {
        $imported = Import-Stream $foreign
        $(if ($imported -is [string]) { $imported } elseif ($imported.Status -eq 200) { $true } elseif ($imported.Status -eq 400) { $false } else { "status $($imported.Status)" })
    }
    Add-Answer HonoursImportedFlags {
        $read = Import-Changed 0x03, 0x00, 0x07, 0x0E 0, 0, 0, 0
        $(if ($read -is [string]) { $read } else { -not $read.Json.isDraft -and -not $read.Json.isRead })
    }
    Add-Answer HonoursImportedTimes {
        $time = [BitConverter]::GetBytes([DateTime]::new(2011, 6, 21, 8, 31, 0, [DateTimeKind]::Utc).ToFileTimeUtc())
        $read = Import-Changed 0x40, 0x00, 0x06, 0x0E $time
        $(if ($read -is [string]) { $read } else { Test-Time $read.Json.receivedDateTime '2011-06-21T08:31:00' })
    }
    Add-Answer SharesFolderIds {
        $mailbox = Get-Mailbox
        if (-not $mailbox.StartsWith('/')) { return $mailbox }
        $found = Send GET "$mailbox/folders/$folder"
        $(if ($found.Status -eq 200) { $true } elseif ($found.Status -in 400, 404) { $false } else { "status $($found.Status)" })
    }
    Add-Answer TakesAddressAsMailboxId {
        $mailbox = Get-Mailbox
        if (-not $mailbox.StartsWith('/')) { return $mailbox }
        $me = Send GET '/me?$select=mail,userPrincipalName'
        if ($me.Status -ne 200) { return 'not asked: User.Read was not granted' }
        $found = Send GET "/admin/exchange/mailboxes/$($me.Json.userPrincipalName)/folders?`$top=1"
        $(if ($found.Status -eq 200) { $true } elseif ($found.Status -in 400, 404) { $false } else { "status $($found.Status)" })
    }
    Add-Answer RefusesSelectInItemDelta {
        $place = Get-MailboxFolder
        if (-not $place.StartsWith('/')) { return $place }
        $delta = Send GET "$place/items/delta?`$select=type"
        $(if ($delta.Status -eq 400) { $true } elseif ($delta.Status -eq 200) { $false } else { "status $($delta.Status)" })
    }
    Add-Answer ServesArchivesInV1 {
        $mailbox = Get-Mailbox
        $(if ($mailbox.StartsWith('/')) { [bool] $script:exchange.Json.PSObject.Properties['inPlaceArchiveMailboxId'] } else { $mailbox })
    }
    Add-Answer HasArchiveFolder {
        $archive = Send GET '/me/mailFolders/archive?$select=id'
        $(if ($archive.Status -eq 200) { $true } elseif ($archive.Status -eq 404) { $false } else { "status $($archive.Status)" })
    }
}
finally {
    $removed = Send POST "/me/mailFolders/$folder/permanentDelete"
    $gone = $removed.Status -eq 204
    if (-not $gone) {
        $gone = (Send DELETE "/me/mailFolders/$folder").Status -eq 204
        Write-Host 'The folder of the check is in Deleted Items; empty them.'
    }
    foreach ($calendar in $calendars) {
        if ((Send DELETE "/me/calendars/$calendar").Status -ne 204) {
            $gone = $false
            Write-Host "The calendar '$name' could not be removed; remove it."
        }
    }
}

[ordered] @{
    Checked = [DateTimeOffset]::UtcNow.ToString('o')
    Shell = $PSVersionTable.PSVersion.ToString()
    Removed = $gone
    Answers = $answers
} | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $Report -Encoding UTF8
Write-Host "Report: $Report"
