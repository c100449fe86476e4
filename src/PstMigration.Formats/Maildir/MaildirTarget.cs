using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir with the folders of Maildir++ as the end of a transfer: what Dovecot, Courier, mutt and others read. Messages have line
/// feeds at the end of lines, their flags in the name, and the time they were received as the time of the file. Each is written in <c>tmp</c> and
/// moved; its name holds its marker. The root of a store is none here: what is in it comes into the Inbox, and that is told as a loss.
/// </summary>
public sealed class MaildirTarget : ItemFilesTarget
{
    private static readonly char s_separator = Path.DirectorySeparatorChar == '\\' ? ';' : ':';

    private readonly MaildirTree _tree;

    private MaildirTarget(MaildirTree tree, ItemTargetOptions? options)
        : base(tree.Root, "maildir", options) => _tree = tree;

    /// <inheritdoc/>
    public override TargetTraits Traits { get; } = new() { KeepsOrder = false };

    /// <summary>Opens a Maildir, making it where it is missing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    internal static MaildirTarget Open(string path, ItemTargetOptions? options)
    {
        MaildirTarget target = new(MaildirTree.OpenOrCreate(path), options);
        target.Load();
        return target;
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => _tree.Find(path, role, containerClass);

    private protected override PreparedItem Prepare(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        MaildirFolder target = Own<MaildirFolder>(folder);
        string marker = provenance.Marker?.Value ?? Sha256.Hex(provenance.Key + "\n" + provenance.Version);
        PreparedFiles prepared = new(folder, item, provenance, marker);
        try
        {
            IReadOnlyList<ItemLoss> losses = [];
            MimeExportOptions options = TreeMessage.Options(provenance, target.Place, Key, cancellationToken);
            string unfinished = Path.Combine(target.Directory, "tmp", MaildirName.Make(prepared.Time, marker, 1) + "." + Guid.NewGuid().ToString("N").Substring(0, 8));
            prepared.Write("", unfinished, s =>
            {
                using LineFeedStream lines = new(s);
                losses = MimeExport.Write(item, lines, options);
            });
            prepared.Losses = folder.Path.Names.Count == 0 ? [.. losses, new ItemLoss(LossKind.Folder, LossMeaning.InNoFolder)] : losses;
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    private protected override IEnumerable<FilePlace> List()
    {
        foreach (MaildirFolder folder in _tree.Folders)
        {
            DiscardUnfinished(Path.Combine(folder.Directory, "tmp"));
            foreach (string part in folder.Parts)
            {
                foreach (string name in TreeFiles.Files(part).Where(n => n[0] != '.'))
                {
                    // A program that copies mail between folders gives it a name of its own; the headers stay.
                    string unique = MaildirName.Parse(name).Unique;
                    bool isOurs = MaildirName.MarkerOf(unique) is not null;
                    if (!isOurs || !AtomicFile.DiscardEmpty(Path.Combine(part, name)))
                    {
                        yield return new FilePlace(folder.Path, part, name, isOurs ? unique : "", isOurs ? 1 : 0);
                    }
                }
            }
        }
    }

    private protected override MessageHead? ReadHead(FilePlace place) => MessageHead.Read(place.Path, Keys.Beside(place.Path), onlyProject: true);

    private protected override string? IdOf(ItemKey key) => null;

    private protected override string? IdOf(FilePlace place) => null;

    private protected override int NextNumber(IEnumerable<FilePlace> known) => 1;

    private protected override FilePlace PlaceOf(PreparedFiles prepared, FolderPlace folder, int number)
    {
        string unique = MaildirName.Make(prepared.Time, prepared.Name, number);
        return new FilePlace(folder.Folder, folder.Directory, new MaildirName(unique, MailState.Of(prepared.Item)).Format(s_separator), unique, 1);
    }

    private protected override FilePlace PlaceOf(FilePlace copy, FolderPlace folder, int number)
    {
        string unique = MaildirName.Parse(copy.Name).Unique;
        string renamed = number > 1 ? MaildirName.WithNumber(unique, number) : unique;
        return new FilePlace(folder.Folder, folder.Directory, renamed + copy.Name.Substring(unique.Length), renamed, 1);
    }

    private protected override FolderPlace PlaceOf(TargetFolder folder)
    {
        MaildirFolder own = Own<MaildirFolder>(folder);
        return new FolderPlace(own.Place, Path.Combine(own.Directory, MaildirFolder.PartNames[0]));
    }

    private protected override string IdInTree(FilePlace place) => MaildirName.Parse(place.Name).Unique;

    private static void DiscardUnfinished(string directory)
    {
        foreach (string name in Directory.Exists(LongPath.Of(directory)) ? TreeFiles.Files(directory) : [])
        {
            if (MaildirName.IsUnfinished(name))
            {
                AtomicFile.Discard(Path.Combine(directory, name));
            }
        }
    }
}
