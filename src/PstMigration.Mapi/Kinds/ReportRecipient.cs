namespace PstMigration.Mapi;

/// <summary>A recipient a report is about ([MS-OXOMSG] 2.2.2.30 to 2.2.2.34).</summary>
/// <param name="Name">The name shown.</param>
/// <param name="Smtp">The SMTP address, or null.</param>
/// <param name="Reason">The MAPI reason code of a failed delivery; null where it did not fail.</param>
/// <param name="Diagnosis">The MAPI diagnostic code; null where there is none.</param>
/// <param name="Status">The status, such as 550 or an SMTP status without dots (511 is 5.1.1); null where there is none.</param>
/// <param name="Text">What the server said.</param>
public sealed record ReportRecipient(string Name, string? Smtp, int? Reason, int? Diagnosis, int? Status, string Text)
{
    private static readonly PropertyKey s_reason = new(0x0C04);
    private static readonly PropertyKey s_diagnosis = new(0x0C05);
    private static readonly PropertyKey s_text = new(0x0C1B);
    private static readonly PropertyKey s_status = new(0x0C20);

    /// <summary>Whether anything is said of what became of the message.</summary>
    internal bool SaysWhy => Reason is not null || Diagnosis is not null || Status is not null || Text.Length > 0;

    internal static ReportRecipient Read(MapiRecipient recipient)
    {
        PropertyBag p = recipient.Properties;
        return new ReportRecipient(
            recipient.DisplayName, recipient.SmtpAddress, p.GetInt32(s_reason), p.GetInt32(s_diagnosis), p.GetInt32(s_status), p.Text(s_text));
    }
}
