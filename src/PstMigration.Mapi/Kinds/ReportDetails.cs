namespace PstMigration.Mapi;

/// <summary>A delivery or read report ([MS-OXOMSG] 2.2.2). One that tells of several recipients has a row for each.</summary>
public sealed record ReportDetails : ItemDetails
{
    private static readonly PropertyKey s_reportTime = new(0x0032);
    private static readonly PropertyKey s_originalSubject = new(0x0049);
    private static readonly PropertyKey s_originalSubmitTime = new(0x004E);
    private static readonly PropertyKey s_reportText = new(0x1001);
    private static readonly PropertyKey s_originalMessageId = new(0x1046);

    internal ReportDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        ReportKind = KindOf(item.MessageClass);
        Text = p.TextOrNull(s_reportText) ?? BodyText.ReadPlainText(item);
        ReportTime = p.Date(s_reportTime) ?? p.Date(PropertyTags.MessageDeliveryTime);
        From = ItemParty.Author(p);
        OriginalSubject = p.Text(s_originalSubject);
        OriginalSent = p.Date(s_originalSubmitTime);
        OriginalMessageId = p.Text(s_originalMessageId);
        Recipients = ReadRecipients(item);
    }

    /// <summary>What it tells.</summary>
    public ReportKind ReportKind { get; }

    /// <summary>What it says to people; of some reports only the body does.</summary>
    public string Text { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? ReportTime { get; }

    /// <summary>Who tells it.</summary>
    public ItemParty From { get; }

    /// <summary>The subject of the message it is about.</summary>
    public string OriginalSubject { get; }

    /// <summary>When that was sent.</summary>
    public DateTimeOffset? OriginalSent { get; }

    /// <summary>The Message-ID of that.</summary>
    public string OriginalMessageId { get; }

    /// <summary>Whom it is about.</summary>
    public IReadOnlyList<ReportRecipient> Recipients { get; }

    // A report of MAPI says in its recipients what became of each; one that came as MIME says it in a part, and its recipients got the report.
    private static IReadOnlyList<ReportRecipient> ReadRecipients(MapiItem item)
    {
        List<ReportRecipient> recipients = [.. item.Recipients.Select(r => ReportRecipient.Read(r))];
        return !recipients.Exists(r => r.SaysWhy) && ReportStatusPart.Read(item) is { Count: > 0 } told ? told : recipients;
    }

    private static ReportKind KindOf(string messageClass) => messageClass[(messageClass.LastIndexOf('.') + 1)..].ToUpperInvariant() switch
    {
        "NDR" => ReportKind.NotDelivered,
        "DR" => ReportKind.Delivered,
        "IPNRN" => ReportKind.Read,
        "IPNNRN" => ReportKind.NotRead,
        "DELAYED" => ReportKind.Delayed,
        "RELAYED" or "EXPANDED" => ReportKind.PassedOn,
        _ => ReportKind.Other,
    };
}
