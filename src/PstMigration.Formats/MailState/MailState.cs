using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What a mailbox knows about a message besides the message itself. Files of mail keep it in headers: <c>Status: RO</c> (read,
/// old), <c>X-Status: AFTD</c> (answered, flagged, deleted, draft), and Thunderbird in the bits of <c>X-Mozilla-Status</c>; a Maildir keeps it in names.
/// </summary>
/// <param name="IsRead">Read.</param>
/// <param name="IsAnswered">Answered.</param>
/// <param name="IsForwarded">Forwarded.</param>
/// <param name="IsFlagged">Marked for follow-up.</param>
/// <param name="IsDraft">Not sent yet.</param>
/// <param name="IsDeleted">Marked as deleted, but still there.</param>
internal readonly record struct MailState(bool IsRead, bool IsAnswered, bool IsForwarded, bool IsFlagged, bool IsDraft, bool IsDeleted)
{
    private const int VerbReply = 102;
    private const int VerbReplyAll = 103;
    private const int VerbForward = 104;
    private const int Flagged = 2;

    private const string Status = "Status";
    private const string MoreStatus = "X-Status";
    private const string MozillaStatus = "X-Mozilla-Status";

    /// <summary>Whether a header holds some of it.</summary>
    public static bool IsHeader(string field) =>
        field.Equals(Status, StringComparison.OrdinalIgnoreCase) || field.Equals(MoreStatus, StringComparison.OrdinalIgnoreCase)
        || field.StartsWith(MozillaStatus, StringComparison.OrdinalIgnoreCase);

    /// <summary>The state of an item.</summary>
    public static MailState Of(MapiItem item)
    {
        int verb = item.Properties.GetInt32(PropertyTags.LastVerbExecuted) ?? 0;
        return new MailState(
            (item.Flags & MessageFlags.Read) != 0,
            verb is VerbReply or VerbReplyAll,
            verb == VerbForward,
            item.Properties.GetInt32(PropertyTags.FlagStatus) == Flagged,
            (item.Flags & MessageFlags.Unsent) != 0,
            IsDeleted: false);
    }

    /// <summary>The state in headers; null where none of them exists.</summary>
    /// <param name="header">The value of a header, or null.</param>
    public static MailState? Parse(Func<string, string?> header)
    {
        string? status = header(Status);
        string? more = header(MoreStatus);
        bool isMozilla = int.TryParse(header(MozillaStatus)?.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int bits);
        if (status is null && more is null && !isMozilla)
        {
            return null;
        }

        string letters = (status ?? "") + (more ?? "");
        bool Has(char letter) => letters.IndexOf(letter) >= 0;
        return new MailState(
            Has('R') || (bits & 0x0001) != 0,
            Has('A') || (bits & 0x0002) != 0,
            Has('P') || (bits & 0x1000) != 0 || MailKeywords.IsForwarded(MailKeywords.Parse(header)),
            Has('F') || (bits & 0x0004) != 0,
            Has('T'),
            Has('D') || (bits & 0x0008) != 0);
    }

    /// <summary>The headers that hold it; <c>X-Status</c> as Dovecot and mutt write it: A answered, F flagged, T draft.</summary>
    public IEnumerable<(string Field, string Value)> ToHeaders()
    {
        yield return (Status, IsRead ? "RO" : "O");
        string more = (IsAnswered ? "A" : "") + (IsFlagged ? "F" : "") + (IsForwarded ? "P" : "") + (IsDraft ? "T" : "");
        if (more.Length > 0)
        {
            yield return (MoreStatus, more);
        }
    }

    /// <summary>Puts it into an item.</summary>
    public void Apply(PropertyBag properties)
    {
        MessageFlags flags = (MessageFlags)(properties.GetInt32(PropertyTags.MessageFlags) ?? 0) & ~(MessageFlags.Read | MessageFlags.Unsent);
        flags |= (IsRead ? MessageFlags.Read : 0) | (IsDraft ? MessageFlags.Unsent : 0);
        properties.Set(PropertyTags.MessageFlags, (int)flags);
        if (IsAnswered || IsForwarded)
        {
            int known = properties.GetInt32(PropertyTags.LastVerbExecuted) ?? 0;
            bool isSame = IsAnswered ? known is VerbReply or VerbReplyAll : known == VerbForward;
            properties.Set(PropertyTags.LastVerbExecuted, isSame ? known : IsAnswered ? VerbReply : VerbForward);
        }

        if (IsFlagged && properties.GetInt32(PropertyTags.FlagStatus) is null)
        {
            properties.Set(PropertyTags.FlagStatus, Flagged);
        }
    }
}
