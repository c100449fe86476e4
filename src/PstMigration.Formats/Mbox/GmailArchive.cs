using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The mbox file of Google Takeout: a whole mailbox in one file, where each message says by its labels in which folder it was. The file is read once to know
/// that; of a message there is kept where it is, and nothing of it.
/// </summary>
internal sealed class GmailArchive
{
    /// <summary>Not every message has labels; one of the first has.</summary>
    private const int LookedAt = 20;

    private readonly Dictionary<FolderPath, GmailFolder> _folders = [];

    private GmailArchive()
    {
    }

    /// <summary>The folders that have messages, parents before children.</summary>
    public IEnumerable<GmailFolder> Folders => _folders.Values.OrderBy(f => f.Path.Names.Count);

    /// <summary>Whether a file is one.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static bool Is(string file, CancellationToken cancellationToken) =>
        MboxReader.ReadHeads(file, cancellationToken).Take(LookedAt).Any(m => m.Head.IsFromGmail && !m.Head.IsCopy);

    /// <summary>Reads a file.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static GmailArchive Read(string file, GmailLabelUse use, CancellationToken cancellationToken)
    {
        GmailArchive archive = new();
        Dictionary<string, (GmailFolder Folder, IReadOnlyList<string> Categories, MailState State)> places = [];
        foreach (MboxMessage message in MboxReader.Read(file, cancellationToken))
        {
            // There are many messages and few sets of labels.
            string labels = message.Head.LabelText ?? "";
            if (!places.TryGetValue(labels, out (GmailFolder Folder, IReadOnlyList<string> Categories, MailState State) place))
            {
                GmailLabels parsed = GmailLabels.Parse(labels);
                (FolderPath path, FolderRole role, IReadOnlyList<string> categories) = parsed.Place(use);
                place = (archive.Find(path, role), categories, parsed.State);
                places.Add(labels, place);
            }

            place.Folder.Messages.Add((message with { Head = MessageHead.Empty }, place.State, place.Categories));
        }

        return archive;
    }

    private GmailFolder Find(FolderPath path, FolderRole role)
    {
        if (!_folders.TryGetValue(path, out GmailFolder? folder))
        {
            folder = new GmailFolder(path, role);
            _folders.Add(path, folder);
        }

        return folder;
    }
}

/// <summary>A folder of a <see cref="GmailArchive"/>.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Role">What it is for.</param>
internal sealed record GmailFolder(FolderPath Path, FolderRole Role)
{
    /// <summary>The messages in it, with their state and categories.</summary>
    public List<(MboxMessage Message, MailState State, IReadOnlyList<string> Categories)> Messages { get; } = [];
}
