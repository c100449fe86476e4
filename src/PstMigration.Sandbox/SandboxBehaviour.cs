namespace PstMigration.Sandbox;

/// <summary>
/// What the sandbox assumes about the service where only a live mailbox could prove it. Each switch is one assumption;
/// true is what is thought most likely, false the other answer. Code that talks to the service must cope with both.
/// </summary>
public sealed record SandboxBehaviour
{
    /// <summary>
    /// <c>Integer 0x0E07</c> in a create request is kept, so that an item without bit 0x8 is no draft. Proven for organisations,
    /// not for personal accounts. False: it is ignored and every new message is a draft.
    /// </summary>
    public bool HonoursFlagsAtCreate { get; init; } = true;

    /// <summary><c>Integer 0x0E07</c> of "0" makes an unread message that is no draft. False: "0" counts as not given, and "4" is needed.</summary>
    public bool HonoursZeroFlags { get; init; } = true;

    /// <summary>Where a create request has both <c>isRead</c> and <c>Integer 0x0E07</c>, <c>isRead</c> decides. False: bit 0x1 does.</summary>
    public bool IsReadWinsOverFlags { get; init; } = true;

    /// <summary>
    /// <c>SystemTime 0x0039</c> and <c>SystemTime 0x0E06</c> in a create request become the sent and received times. Proven for
    /// organisations, not for personal accounts. False: both are the time of the request.
    /// </summary>
    public bool HonoursTimesAtCreate { get; init; } = true;

    /// <summary><c>SystemTime 0x3007</c> in a create request becomes the creation time. False: it is the time of the request.</summary>
    public bool HonoursCreationTime { get; init; }

    /// <summary>Top-level <c>sentDateTime</c> and <c>receivedDateTime</c> in a create request are answered 400. False: they are ignored.</summary>
    public bool RefusesTopLevelTimes { get; init; }

    /// <summary><c>from</c> and <c>sender</c> of a new message are kept. False: both become the owner of the mailbox.</summary>
    public bool HonoursSenderAtCreate { get; init; } = true;

    /// <summary><c>internetMessageId</c> of a new message is kept. False: the service makes one.</summary>
    public bool HonoursInternetMessageId { get; init; } = true;

    /// <summary><c>String 0x007D</c> (transport headers) in a create request is kept. False: it is dropped.</summary>
    public bool HonoursTransportHeaders { get; init; } = true;

    /// <summary><c>String 0x001A</c> (message class) in a create request is kept. False: the item is an IPM.Note.</summary>
    public bool HonoursMessageClass { get; init; } = true;

    /// <summary>
    /// <c>Binary 0x0071</c> and <c>String 0x0070</c> (conversation index and topic) in a create request are kept. False: the
    /// service makes its own.
    /// </summary>
    public bool HonoursConversation { get; init; } = true;

    /// <summary><c>Integer 0x1080</c>, <c>0x1081</c> and <c>SystemTime 0x1082</c> (replied, forwarded) in a create request are kept. False: they are dropped.</summary>
    public bool HonoursLastVerb { get; init; } = true;

    /// <summary>The service sets bit 0x20 (sent by the owner) of <c>0x0E07</c> itself where the sender is the owner. False: the bit is as given.</summary>
    public bool ComputesFromMe { get; init; } = true;

    /// <summary>A MIME body posted to a folder's messages becomes a draft in that folder. False: only <c>/messages</c> takes MIME, folders answer 400.</summary>
    public bool AcceptsMimeInFolders { get; init; } = true;

    /// <summary>Attachments may be added to and taken from a message that is no draft. False: that answers 403, as changing its body does.</summary>
    public bool AllowsAttachmentsOnSentItems { get; init; } = true;

    /// <summary>
    /// The rule of 2026-12-31 is in force: changing subject, body or people of a message that is no draft answers 403.
    /// False: the change is made.
    /// </summary>
    public bool RefusesChangesToSentItems { get; init; } = true;

    /// <summary>An item inside an item attachment may not have attachments itself: 400. False: they are dropped without a word.</summary>
    public bool RefusesNestedAttachments { get; init; } = true;

    /// <summary>An upload session for less than 3 MB is answered 400. False: it is opened.</summary>
    public bool RefusesSmallUploadSessions { get; init; } = true;

    /// <summary>
    /// GET of an upload URL answers which byte is expected next, as Microsoft's own client asks it. False: 405, since the guide to large attachments names PUT and
    /// DELETE alone.
    /// </summary>
    public bool AnswersUploadStatus { get; init; } = true;

    /// <summary>HTML bodies are rewritten by the rule in <c>HtmlNormaliser</c>. False: they come back as they were sent.</summary>
    public bool NormalisesHtml { get; init; } = true;

    /// <summary>Times in answers have no fraction of a second. False: as many digits as are stored.</summary>
    public bool AnswersWholeSeconds { get; init; } = true;

    /// <summary>Binary extended properties over 64 KB are left out of answers. False: they are given whole.</summary>
    public bool OmitsLargeBinaryProperties { get; init; } = true;

    /// <summary>New items are not found by <c>$filter</c> before <see cref="SandboxOptions.VisibilityDelay"/> has passed. False: they are found at once.</summary>
    public bool DelaysVisibilityInFilters { get; init; } = true;

    /// <summary>
    /// The messages of the whole mailbox (<c>/messages</c>), listed or searched, include those among the Recoverable Items. False: they do not; the guide names the Deleted Items and Clutter
    /// alone.
    /// </summary>
    public bool ListsRecoverableItems { get; init; } = true;

    /// <summary>Sorting a filtered list of messages by a property the filter does not begin with is answered 400. False: it is sorted.</summary>
    public bool RefusesUnfilteredSort { get; init; } = true;

    /// <summary>
    /// Start and end of an all-day event are given as midnight of their day in whatever zone answers are in. False: as the point in time, so that midnight in Tokyo is
    /// 15:00 of the day before in UTC.
    /// </summary>
    public bool AnswersDaysAsMidnight { get; init; } = true;

    /// <summary>A changed occurrence has the extended properties of its series. False: it has none but those given with the change.</summary>
    public bool OccurrencesInheritExtendedProperties { get; init; } = true;

    /// <summary>A FastTransfer stream the service did not make itself is imported. False: 400, as only what exportItems gave is promised to be taken.</summary>
    public bool ImportsForeignStreams { get; init; } = true;

    /// <summary>PidTagMessageFlags of an imported item is kept. False: it arrives as a read draft.</summary>
    public bool HonoursImportedFlags { get; init; } = true;

    /// <summary>The times of sending, receipt and creation of an imported item are kept. False: they are the time of the import.</summary>
    public bool HonoursImportedTimes { get; init; } = true;

    /// <summary>
    /// Folders have one id for mailFolders and for the import and export of mailbox items; published clients use either. False: import and export know their own alone.
    /// </summary>
    public bool SharesFolderIds { get; init; } = true;

    /// <summary>The address of a person may stand for the id of a mailbox in import and export, as in one published client. False: 404.</summary>
    public bool TakesAddressAsMailboxId { get; init; } = true;

    /// <summary><c>$select</c> in a delta of mailbox items is answered 400, as one client met it in the beta. False: it selects, as the reference says.</summary>
    public bool RefusesSelectInItemDelta { get; init; } = true;

    /// <summary>v1.0 names archive mailboxes and reaches them, as announced for the end of 2026. False: only the beta does.</summary>
    public bool ServesArchivesInV1 { get; init; }

    /// <summary>A new mailbox has its Archive folder. False: <c>archive</c> is not found, as in a personal account that never used it.</summary>
    public bool HasArchiveFolder { get; init; } = true;
}
