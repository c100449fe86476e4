using PstMigration.Pst;

namespace PstMigration;

/// <summary>What a data file is. A snapshot.</summary>
public sealed class PstFileInfo
{
    private PstFileInfo(PstFile file, DateTimeOffset lastWriteTime, int folderCount, long itemCount, PstHiddenContent hidden, ItemTimes times)
    {
        Path = file.Path;
        Kind = file.Kind;
        Format = file.Format;
        Encoding = file.Encoding;
        Length = file.Length;
        LastWriteTime = lastWriteTime;
        DisplayName = file.DisplayName;
        HasPassword = file.HasPassword;
        FolderCount = folderCount;
        ItemCount = itemCount;
        HiddenFolderCount = hidden.Folders;
        HiddenItemCount = hidden.Items;
        OldestItem = times.Oldest?.ToLocalTime();
        NewestItem = times.Newest?.ToLocalTime();
        PstWriterHints hints = file.ReadWriter();
        Writer = hints.Writer;
        ItemVersions = hints.ItemVersions;
        CodePage = file.CodePage;
        CodePageOrigin = file.CodePageOrigin;
        RecordKey = Mapi.Hex.Lower(file.RecordKey.Span);
        Generation = file.Generation;
        Damage = file.Damage;
        IncompleteFolders = [.. file.Readings.Where(r => !r.IsComplete)];
        Health = Damage.Count > 0 || IncompleteFolders.Any(f => f.Damaged > 0) ? PstHealth.Damaged
            : IncompleteFolders.Count > 0 ? PstHealth.Incomplete
            : file.IsClosedProperly ? PstHealth.NothingFound
            : PstHealth.NotClosed;
        SizeWarning = PstSize.Warn(file.Format, file.Length);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The file's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>A .pst, an .ost or an address book.</summary>
    public PstKind Kind { get; }

    /// <summary>The on-disk variant.</summary>
    public PstFormat Format { get; }

    /// <summary>How its blocks are encoded.</summary>
    public PstEncoding Encoding { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>When the file was written last.</summary>
    public DateTimeOffset LastWriteTime { get; }

    /// <summary>What Outlook calls it; may be empty.</summary>
    public string DisplayName { get; }

    /// <summary>Whether Outlook asks for a password. Reading needs none.</summary>
    public bool HasPassword { get; }

    /// <summary>Folders people see, below the top one.</summary>
    public int FolderCount { get; }

    /// <summary>Items in them and in the top one, as the folders say themselves.</summary>
    public long ItemCount { get; }

    /// <summary>Folders Outlook does not show: those marked hidden, and those beside the folders people see.</summary>
    public int HiddenFolderCount { get; }

    /// <summary>Items in them, as the folders say themselves. The times of the oldest and the newest item are not theirs.</summary>
    public long HiddenItemCount { get; }

    /// <summary>When the oldest item arrived, or was sent or changed where it never arrived.</summary>
    public DateTimeOffset? OldestItem { get; }

    /// <summary>The same of the newest.</summary>
    public DateTimeOffset? NewestItem { get; }

    /// <summary>The program that wrote the file, as far as it tells.</summary>
    public PstWriter Writer { get; }

    /// <summary>The versions of Outlook that a sample of the items says they were saved by; items keep it when they are copied.</summary>
    public IReadOnlyList<string> ItemVersions { get; }

    /// <summary>The state of the file, by what was read for the above: header, trees, folders and their tables. Test-PstFile checks all.</summary>
    public PstHealth Health { get; }

    /// <summary>Folders that gave fewer items than they say they have.</summary>
    public IReadOnlyList<PstFolderReading> IncompleteFolders { get; }

    /// <summary>The code page of text whose message names none.</summary>
    public int CodePage { get; }

    /// <summary>Why it is that.</summary>
    public PstCodePageOrigin CodePageOrigin { get; }

    /// <summary>The key that names the store, in hexadecimal. A copy of the file has the same.</summary>
    public string RecordKey { get; }

    /// <summary>A number that changes when the file's content does.</summary>
    public long Generation { get; }

    /// <summary>Whether the file has grown near a size that Outlook by default does not go beyond, in words; null where it has not.</summary>
    public string? SizeWarning { get; }

    /// <summary>What was found damaged on the way to the above; not a check of the whole file.</summary>
    public IReadOnlyList<PstDamage> Damage { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Looks at an open file and its folders.</summary>
    internal static PstFileInfo Read(PstFile file, CancellationToken cancellationToken)
    {
        // Other programs put mail into the top folder itself, where Outlook hardly shows it.
        int folders = 0;
        long items = 0;
        ItemTimes times = new();
        foreach (PstFolder folder in file.EnumerateFolders())
        {
            cancellationToken.ThrowIfCancellationRequested();
            folders += folder.IsTop ? 0 : 1;
            items += folder.ItemCount;
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                cancellationToken.ThrowIfCancellationRequested();
                times.Add(item);
            }
        }

        DateTimeOffset written = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)).ToLocalTime();
        return new PstFileInfo(file, written, folders, items, file.CountHidden(), times);
    }
}
