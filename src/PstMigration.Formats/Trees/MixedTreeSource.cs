using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A directory that holds mail of several formats, as one source: Maildirs, .eml and .emlx files and mbox files, each read by its own. Items have the keys they have in
/// a source of their format alone, so that what was copied from the directory before other mail came into it is known. Folders of one path are one.
/// </summary>
public sealed class MixedTreeSource : IItemSource, IMovableItems
{
    private readonly PassedOver _passed = new();
    private readonly List<(ItemFormat Format, IItemSource Source)> _sources = [];
    private Dictionary<FolderPath, List<(IItemSource Source, SourceFolder Folder)>>? _parts;

    private MixedTreeSource(string root, ItemSourceOptions options)
    {
        Name = root;
        StoreKey = TreeFiles.StoreKey(ItemKey.SeveralFormats, root);
        MailClaims claims = new();
        if (MaildirLayout.IsAmong(root))
        {
            MaildirSource maildir = MaildirSource.Open(root, options, _passed);
            claims.AddParts(maildir.Parts);
            _sources.Add((MailFormats.Maildir, maildir));
        }

        EmlLayout layout = EmlLayout.Find(root, claims);
        if (layout.Folders.SelectMany(f => f.Directories).Any(HasMessages))
        {
            _sources.Add((MailFormats.Eml, EmlTreeSource.Open(root, layout, claims, _passed, options)));
        }

        IReadOnlyList<MboxFolder> mboxes = MboxLayout.Find(root, _passed, claims);
        if (mboxes.Any(m => m.IsSure))
        {
            claims.AddMboxes(mboxes.Where(m => m.File.Length > 0).Select(m => m.File));
            _sources.Add((MailFormats.Mbox, MboxSource.Open(root, [.. mboxes.Where(m => m.File.Length > 0)], _passed, options)));
        }

        // What one format passes over may be another's.
        foreach (string directory in Directories(root, claims))
        {
            _passed.Set(directory, LeftOut.Of(TreeFiles.List(directory), n => claims.IsTaken(directory, n) || n == MaildirKeywords.FileName));
        }

        _passed.Fix(string.Join(", ", _sources.Select(s => s.Format)));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => _passed.Report;

    /// <summary>Whether a directory holds mail of more than one format.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static bool IsMixed(string path) => Directory.Exists(LongPath.Of(path)) && Open(path)._sources.Count > 1;

    /// <summary>Opens a directory.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MixedTreeSource Open(string path, ItemSourceOptions? options = null) =>
        new(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar), options ?? new ItemSourceOptions());

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<FolderRole> given = [FolderRole.None];
        foreach (KeyValuePair<FolderPath, List<(IItemSource Source, SourceFolder Folder)>> part in (await PartsAsync(cancellationToken).ConfigureAwait(false)).OrderBy(p => p.Key.Names.Count))
        {
            FolderRole role = part.Value.Select(p => p.Folder.Role).FirstOrDefault(r => r != FolderRole.None);
            yield return part.Value[0].Folder with { Role = given.Add(role) ? role : FolderRole.None, ItemCount = part.Value.Sum(p => p.Folder.ItemCount) };
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        MailDataException? failure = null;
        foreach ((IItemSource source, SourceFolder own) in (await PartsAsync(cancellationToken).ConfigureAwait(false))[folder.Path])
        {
            IAsyncEnumerator<SourceItem> items = source.ReadItemsAsync(own with { Role = folder.Role }, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (items.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await items.MoveNextAsync().ConfigureAwait(false))
                        {
                            break;
                        }
                    }
                    catch (MailDataException e) when (!e.EndsRun)
                    {
                        // What else is in the folder is read first.
                        failure ??= e;
                        break;
                    }

                    yield return items.Current;
                }
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public bool IsGone(ItemKey key) => _sources.Exists(s => ((IMovableItems)s.Source).IsGone(key));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, IItemSource source) in _sources)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<FolderPath, List<(IItemSource Source, SourceFolder Folder)>>> PartsAsync(CancellationToken cancellationToken)
    {
        if (_parts is not null)
        {
            return _parts;
        }

        Dictionary<FolderPath, List<(IItemSource Source, SourceFolder Folder)>> parts = [];
        foreach ((ItemFormat format, IItemSource source) in _sources)
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
            {
                // A directory without messages is no empty folder: it may be how another format lays out its own.
                if (format == MailFormats.Eml && folder.ItemCount == 0 && folder.Path.Names.Count > 0)
                {
                    continue;
                }

                if (!parts.TryGetValue(folder.Path, out List<(IItemSource, SourceFolder)>? known))
                {
                    parts.Add(folder.Path, known = []);
                }

                known.Add((source, folder));
            }
        }

        return _parts = parts;
    }

    private static bool HasMessages(string directory)
    {
        try
        {
            return TreeFiles.Files(directory).Any(EmlLayout.IsMessage);
        }
        catch (MailDataException)
        {
            // Whoever reads the folder is told.
            return false;
        }
    }

    /// <summary>All directories but the parts of Maildirs and messages, as far as they can be listed.</summary>
    private static IEnumerable<string> Directories(string root, MailClaims claims)
    {
        Stack<string> open = new([root]);
        while (open.Count > 0)
        {
            string directory = open.Pop();
            DirectoryContent content;
            try
            {
                content = TreeFiles.List(directory);
            }
            catch (MailDataException) when (directory != root)
            {
                // Whoever reads the folder is told.
                continue;
            }

            yield return directory;
            foreach (string child in content.Directories.Select(d => Path.Combine(directory, d)).Where(d => !claims.IsPart(d) && !ItemFileName.IsOfDocument(Path.GetFileName(d))))
            {
                open.Push(child);
            }
        }
    }
}
