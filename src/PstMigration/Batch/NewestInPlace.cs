using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>
/// The imports that go into one folder of one mailbox, one after the other. An item is left out for a newer version while that one is coming: an import takes it that is not over, or has brought it.
/// What was left out for one that did not arrive then, because its import was refused, or it or its file failed, is imported after all when all the others are over.
/// </summary>
/// <param name="open">Opens what is to be imported.</param>
internal sealed class NewestInPlace(Func<MailboxImport, IItemSource> open)
{
    // By path: of versions of the same time that of the last file is the newest.
    private readonly SortedDictionary<string, VersionedFile> _files = new(StringComparer.Ordinal);
    private readonly List<ImportTurn> _done = [];
    private PstVersions? _versions;

    /// <summary>Notes an import, before the first is begun.</summary>
    internal void Add(MailboxImport import)
    {
        if (!_files.TryGetValue(import.Path, out VersionedFile? file))
        {
            _files.Add(import.Path, file = new VersionedFile());
        }

        file.Imports.Add(import);
        file.Left++;
    }

    /// <summary>Begins an import.</summary>
    internal async Task<ImportTurn> BeginAsync(MailboxImport import, CancellationToken cancellationToken)
    {
        if (_versions is null)
        {
            _versions = PstVersions.Read(_files.Keys.Where(File.Exists));
            await ListComingAsync(_versions, cancellationToken).ConfigureAwait(false);
        }

        return new ImportTurn(import with { Options = import.Options with { FindNewer = key => FindNewer(import.Path, key.Id) } })
        {
            IsContested = _files[import.Path].Coming.Contains,
        };
    }

    /// <summary>An import is over; see <see cref="NewestVersions.End"/>.</summary>
    internal ImportTurn? End(ImportTurn turn, bool isDone)
    {
        string path = turn.Import.Path;
        VersionedFile file = _files[path];
        file.Arrived.UnionWith(turn.Arrived);
        if (turn.Items is null)
        {
            file.Left--;
            _done.AddRange(isDone ? [turn] : []);
        }

        if (file.Left == 0)
        {
            ImportTurn[] done = [.. _done.Where(d => d.Import.Path == path)];
            file.Coming.RemoveWhere(id => !file.Arrived.Contains(id) && !done.Any(d => d.LeftOut.Contains(id)));
        }

        return _files.Values.All(f => f.Left == 0) ? NextLeftOut() : null;
    }

    /// <summary>Of a file what was left out for versions none of which is coming any more.</summary>
    private ImportTurn? NextLeftOut()
    {
        foreach (ImportTurn turn in _done)
        {
            string path = turn.Import.Path;
            List<string> due = [.. turn.LeftOut.Where(id => FindNewer(path, id) is null && !_files[path].Arrived.Contains(id))];
            if (due.Count > 0)
            {
                turn.LeftOut.ExceptWith(due);
                TransferOptions options = turn.Import.Options with { FindNewer = _ => null, MakeEmptyFolders = false };
                return new ImportTurn(turn.Import with { Options = options }, [.. due.Select(NodeId.Parse)]) { IsContested = _ => true };
            }
        }

        return null;
    }

    private string? FindNewer(string path, string id) => _versions!.FindNewer(new PstCopy(path, id), c => _files[c.Path].Coming.Contains(c.Id));

    private async Task ListComingAsync(PstVersions versions, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, string> contested in versions.Contested.GroupBy(c => c.Path, c => c.Id, StringComparer.Ordinal))
        {
            HashSet<string> ids = new(contested, StringComparer.Ordinal);
            VersionedFile file = _files[contested.Key];
            foreach (MailboxImport import in file.Imports)
            {
                try
                {
                    IItemSource source = open(import);
                    await using (source.ConfigureAwait(false))
                    {
                        await foreach (ItemKey key in MeantItems.ListAsync(source, import.Options.Filter, cancellationToken).ConfigureAwait(false))
                        {
                            _ = ids.Contains(key.Id) && file.Coming.Add(key.Id);
                        }
                    }
                }
                catch (Exception e) when (ErrorRecords.IsAboutData(e))
                {
                    // Its import says why.
                }
            }
        }
    }

    /// <summary>A file, and of its items those of which there are other versions.</summary>
    private sealed class VersionedFile
    {
        public List<MailboxImport> Imports { get; } = [];

        /// <summary>Imports of it that are not over.</summary>
        public int Left { get; set; }

        /// <summary>The ids of those an import takes that is not over, or has left out, or has brought.</summary>
        public HashSet<string> Coming { get; } = new(StringComparer.Ordinal);

        /// <summary>The ids of those that arrived, or were there already.</summary>
        public HashSet<string> Arrived { get; } = new(StringComparer.Ordinal);
    }
}
