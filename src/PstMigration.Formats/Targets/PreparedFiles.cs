using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The files of one item, written beside their place.</summary>
/// <param name="folder">Where it goes.</param>
/// <param name="item">The item.</param>
/// <param name="provenance">Where it comes from.</param>
/// <param name="name">What the item is called, without a number or an ending.</param>
internal sealed class PreparedFiles(TargetFolder folder, MapiItem item, ItemProvenance provenance, string name) : PreparedItem(folder, item, provenance)
{
    private readonly List<UnfinishedFile> _files = [];
    private readonly List<UnfinishedFile> _inBeside = [];
    private (string Ending, string Path)? _besideDirectory;
    private bool _isPlaced;

    /// <summary>What the item is called, without a number or an ending.</summary>
    public string Name => name;

    /// <summary>The item's time, which its files get.</summary>
    public DateTimeOffset? Time { get; } = TreeMessage.TimeOf(item);

    /// <summary>What was written; of a directory the files in it. The first is the item, others are beside it.</summary>
    public IReadOnlyList<UnfinishedFile> Files => [.. _files, .. _inBeside];

    /// <summary>What an index of the tree tells of the item; null where there is none.</summary>
    public HtmlIndexEntry? Listing { get; set; }

    /// <summary>The unfinished directory of an item that becomes one; null where it becomes files, or there is nothing of it.</summary>
    public string? Directory { get; private set; }

    /// <summary>What the files do not hold.</summary>
    public IReadOnlyList<ItemLoss> Losses { get; set; } = [];

    /// <summary>Proves what a message says of itself; null for other files.</summary>
    public TreeKey? Key { get; init; }

    /// <summary>Stops the writing.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called when nothing unfinished is left.</summary>
    public Action? OnDisposed { get; init; }

    /// <summary>Writes a file.</summary>
    /// <param name="ending">Its ending; of a file in a directory its name.</param>
    /// <param name="unfinished">The full path of the unfinished file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="time">A time of its own.</param>
    /// <exception cref="MailDataException">What <paramref name="write"/> throws; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public void Write(string ending, string unfinished, Action<Stream> write, DateTimeOffset? time = null)
    {
        long length = WholeFile.Write(unfinished, time ?? Time, write);
        _files.Add(new UnfinishedFile(ending, unfinished, length));
    }

    /// <summary>Writes a file into the directory of the item.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteInto(string directory, string name, Action<Stream> write, DateTimeOffset? time)
    {
        if (Directory is null)
        {
            WholeFile.Guard(directory, () => AtomicFile.CreateUnfinishedDirectory(directory));
            Directory = directory;
        }

        Write(name, Path.Combine(directory, name), write, time);
    }

    /// <summary>Writes a file into a directory beside the item.</summary>
    /// <param name="ending">The ending of the directory.</param>
    /// <param name="directory">The full path of the unfinished directory.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="time">The time it gets.</param>
    /// <inheritdoc cref="Write"/>
    public void WriteBeside(string ending, string directory, string name, Action<Stream> write, DateTimeOffset? time)
    {
        if (_besideDirectory is null)
        {
            WholeFile.Guard(directory, () => AtomicFile.CreateUnfinishedDirectory(directory));
            _besideDirectory = (ending, directory);
        }

        string path = Path.Combine(directory, name);
        _inBeside.Add(new UnfinishedFile(name, path, WholeFile.Write(path, time ?? Time, write), ending));
    }

    /// <summary>The unfinished file or directory the item is.</summary>
    public string Main => Directory ?? _files[0].Path;

    /// <summary>The unfinished file or directory with an ending; null where there is none.</summary>
    public string? Beside(string ending) => _inBeside.Count > 0 && _besideDirectory?.Ending == ending ? _besideDirectory.Value.Path : _files.Find(f => f.Ending == ending)?.Path;

    /// <summary>Notes that nothing unfinished is left.</summary>
    public void SetPlaced() => _isPlaced = true;

    protected override void Dispose(bool disposing)
    {
        if (!_isPlaced)
        {
            foreach (string path in Directory is null ? _files.Select(f => f.Path) : [Directory])
            {
                AtomicFile.Discard(path);
            }
        }

        // It also stays here where nothing could be written into it.
        if (_besideDirectory is (_, string beside) && (!_isPlaced || _inBeside.Count == 0))
        {
            AtomicFile.Discard(beside);
        }

        OnDisposed?.Invoke();
        base.Dispose(disposing);
    }
}

/// <summary>A file that has no name of its own yet.</summary>
/// <param name="Ending">What its name will end with; of a file in a directory its name.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Beside">The ending of the directory beside the item it is in; null where it is in none.</param>
internal sealed record UnfinishedFile(string Ending, string Path, long Length, string? Beside = null);
