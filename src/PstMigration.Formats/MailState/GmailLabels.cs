using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The labels of a message as Google Takeout writes them: <c>X-Gmail-Labels: Inbox,Unread,Starred,Work</c>, in the language of the account, with encoded words,
/// and in quotes where a label has a comma in it. They hold its state, where it is, and what people called it.
/// </summary>
internal sealed class GmailLabels
{
    /// <summary>The header's name.</summary>
    public const string Field = "X-Gmail-Labels";

    // The first of these that a message has says where it is: as Outlook calls it, for a file that has no such folder yet.
    private static readonly (GmailLabel Label, FolderRole Role, string Folder)[] s_places =
    [
        (GmailLabel.Trash, FolderRole.DeletedItems, "Deleted Items"), (GmailLabel.Spam, FolderRole.JunkEmail, "Junk Email"), (GmailLabel.Drafts, FolderRole.Drafts, "Drafts"),
        (GmailLabel.Inbox, FolderRole.Inbox, "Inbox"), (GmailLabel.Sent, FolderRole.SentItems, "Sent Items"),
    ];

    private readonly HashSet<GmailLabel> _known = [];

    private GmailLabels(IEnumerable<string> labels)
    {
        List<string> own = [];
        foreach (string label in labels)
        {
            GmailLabel known = GmailLabelNames.Find(label);
            _ = known == GmailLabel.None ? !own.Contains(label, StringComparer.OrdinalIgnoreCase) && Added(own, label) : _known.Add(known);
        }

        Own = own;
    }

    /// <summary>The labels that are none of Gmail's own, in their order; a slash divides a label from the one it is in.</summary>
    public IReadOnlyList<string> Own { get; }

    /// <summary>The state they tell. Mail that is not said to be unread was opened; what people wrote themselves they know.</summary>
    public MailState State => new(
        !_known.Contains(GmailLabel.Unread) || _known.Contains(GmailLabel.Drafts), false, false, _known.Contains(GmailLabel.Starred), _known.Contains(GmailLabel.Drafts), false);

    /// <summary>Reads them.</summary>
    /// <param name="header">The value of the header, unfolded.</param>
    public static GmailLabels Parse(string header) =>
        new(Split(EncodedWords.Decode(header, Encoding.UTF8)).Select(l => l.Trim()).Where(l => l.Length > 0));

    /// <summary>The folder a message is in, its role, and the labels that are left for categories.</summary>
    public (FolderPath Folder, FolderRole Role, IReadOnlyList<string> Categories) Place(GmailLabelUse use)
    {
        foreach ((GmailLabel label, FolderRole role, string folder) in s_places)
        {
            if (_known.Contains(label))
            {
                return (FolderPath.Root.Append(folder), role, Own);
            }
        }

        FolderPath path = new((use == GmailLabelUse.Folder && Own.Count > 0 ? Own[0] : "").Split(['/'], StringSplitOptions.RemoveEmptyEntries));
        return path.Names.Count > 0 ? (path, DirectoryTree.ImpliedRole(path), [.. Own.Skip(1)]) : (FolderPath.Root.Append("Archive"), FolderRole.Archive, Own);
    }

    private static bool Added(List<string> labels, string label)
    {
        labels.Add(label);
        return true;
    }

    private static IEnumerable<string> Split(string text)
    {
        StringBuilder label = new();
        bool isQuoted = false;
        foreach (char c in text)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                yield return label.ToString();
                label.Clear();
            }
            else
            {
                label.Append(c);
            }
        }

        yield return label.ToString();
    }
}

/// <summary>The labels of Gmail itself that mean something to other programs.</summary>
internal enum GmailLabel
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>Received, and not yet archived.</summary>
    Inbox,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Not sent yet.</summary>
    Drafts,

    /// <summary>Deleted.</summary>
    Trash,

    /// <summary>Junk.</summary>
    Spam,

    /// <summary>Marked with a star.</summary>
    Starred,

    /// <summary>Read.</summary>
    Opened,

    /// <summary>Not read.</summary>
    Unread,

    /// <summary>In none of the places above.</summary>
    Archived,
}
