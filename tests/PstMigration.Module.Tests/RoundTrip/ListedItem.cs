using System.Net;
using System.Text.RegularExpressions;

namespace PstMigration.Module.Tests.RoundTrip;

/// <summary>An item as tests/Tools/list_pst.py lists it.</summary>
internal sealed partial record ListedItem(
    string[] Folder,
    string? MessageClass,
    string? Subject,
    string? Sender,
    string? Sent,
    string? Received,
    string? Text,
    string? Html,
    ListedAttachment[]? Attachments)
{
    // What the service takes; the rest is skipped and said so.
    private static readonly string[] s_undated = ["IPM.Contact", "IPM.Appointment", "IPM.Task"];
    private static readonly string[] s_carried = ["IPM.Note", "REPORT", "IPM.Schedule.Meeting", "IPM.Post", .. s_undated];

    public bool IsCarried => s_carried.Any(c => MessageClass?.StartsWith(c, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Whether it is of a kind that nobody sends and the service keeps in folders of its own.</summary>
    public bool IsUndated => s_undated.Any(c => MessageClass?.StartsWith(c, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The words a person reads, without markup, links and white space.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            string text = Html is { Length: > 0 } ? WebUtility.HtmlDecode(Tags().Replace(Unseen().Replace(Html, " "), " ")) : Text ?? "";
            return [.. Word().Matches(Links().Replace(text, " ")).Select(m => m.Value)];
        }
    }

    /// <summary>Times to the second: that is what a mailbox is told.</summary>
    public static string Second(string? time) => time is null or "None" ? "-" : time.Split('.')[0];

    [GeneratedRegex(@"<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"<?\b(https?|mailto|cid|file):[^\s>\])""]*>?|\bHYPERLINK\b", RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
