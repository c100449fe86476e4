using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree with a file or a directory for each item as the end of a transfer. Each is written beside its place, by several threads, and renamed: a run that was killed
/// leaves no half file. What is remembered of the copies is in an <see cref="ItemLedger"/>, and where the format can in the files themselves.
/// </summary>
public abstract class ItemFilesTarget : FileTarget, IItemReplacer, IItemMover, IItemRemover
{
    /// <summary>File systems keep times to 2 s at worst.</summary>
    private static readonly long s_precision = TimeSpan.FromSeconds(2).Ticks;

    private readonly CopyIndex<FilePlace> _copies;
    private readonly Dictionary<string, List<FilePlace>> _unknown = new(StringComparer.Ordinal);
    private readonly ItemLedger _ledger;

    private protected ItemFilesTarget(string root, string storePrefix, ItemTargetOptions? options)
        : base(root, TreeFiles.StoreKey(storePrefix, root), options)
    {
        _ledger = new ItemLedger(root);
        _copies = new CopyIndex<FilePlace>(KeyOf);
    }

    /// <inheritdoc/>
    public Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken) =>
        ChangeAsync(() => old?.IsIndexed == true ? Replace(old, Own<PreparedFiles>(prepared)) : null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken) =>
        ChangeAsync(() => item?.IsIndexed == true && Move(item, folder, sourceFolder), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken) =>
        ChangeAsync(() => item?.IsIndexed == true && Remove(item), cancellationToken);

    /// <summary>The copies there are, and those that may be some. Clears away what a run that was killed left unfinished.</summary>
    private protected abstract IEnumerable<FilePlace> List();

    /// <summary>What stands in a copy itself; null where the format has no place for it.</summary>
    private protected abstract MessageHead? ReadHead(FilePlace place);

    /// <summary>What the names of copies of an item have in common, for those nothing else is known of; null where the format says it itself.</summary>
    private protected abstract string? IdOf(ItemKey key);

    /// <summary>The same of a name in the ledger; null where there is none in it.</summary>
    private protected abstract string? IdOf(FilePlace place);

    /// <summary>The id of an item among those of the tree.</summary>
    private protected abstract string IdInTree(FilePlace place);

    /// <summary>Where a prepared item gets its place.</summary>
    /// <param name="prepared">The item.</param>
    /// <param name="folder">A folder.</param>
    /// <param name="number">Which version it is; a higher one where the place is taken.</param>
    private protected abstract FilePlace PlaceOf(PreparedFiles prepared, FolderPlace folder, int number);

    /// <summary>The same for a copy that goes elsewhere.</summary>
    private protected abstract FilePlace PlaceOf(FilePlace copy, FolderPlace folder, int number);

    /// <summary>Which version comes behind those known, the first being 1.</summary>
    private protected abstract int NextNumber(IEnumerable<FilePlace> known);

    /// <summary>Where a folder keeps its items.</summary>
    private protected abstract FolderPlace PlaceOf(TargetFolder folder);

    /// <summary>The endings of files and directories beside that of an item.</summary>
    private protected virtual IReadOnlyList<string> BesideEndings => [];

    /// <summary>Makes a file fit the name it gets, which may be another than it was written for.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="was">The name it was written for, without a number or an ending, or the name it had.</param>
    /// <param name="place">Where it goes.</param>
    private protected virtual void Fit(string path, string was, FilePlace place)
    {
    }

    /// <summary>Notes that an item has its place.</summary>
    private protected virtual void Placed(PreparedFiles files, FilePlace place)
    {
    }

    /// <summary>What was found under a key of the tree's own; null where there is no such file.</summary>
    private protected virtual RememberedItem? FindOwn(ItemKey key) => null;

    /// <summary>The result of an item of which there is nothing to write.</summary>
    private protected virtual WriteResult Nothing(PreparedFiles prepared) => throw new InvalidOperationException("An item has a file.");

    /// <summary>The full path of the directory a folder's items are in.</summary>
    private protected sealed record FolderPlace(FolderPath Folder, string Directory);

    /// <summary>Learns what the tree holds. To be called once, before anything is written.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    private protected void Load()
    {
        Dictionary<string, LedgerLine> lines = _ledger.Read();
        foreach (FilePlace found in List().OrderBy(p => p.Number))
        {
            if (lines.TryGetValue(found.Remembered, out LedgerLine line))
            {
                Add(line.Record, found with { Origin = line.Place, Time = line.Time, OtherTime = line.OtherTime });
            }
            else if (ReadHead(found) is { Record: CopyRecord record } head)
            {
                Add(record, found with { Origin = head.Place is FolderPath place ? Fold.Of(place) : 0, Time = head.FileTime?.UtcTicks ?? 0 });
            }
            else if (IdOf(found) is string id)
            {
                (_unknown.TryGetValue(id, out List<FilePlace>? places) ? places : _unknown[id] = []).Add(found);
            }
        }
    }

    private protected sealed override IReadOnlyList<RememberedItem> Find(ItemKey key)
    {
        if (_unknown.Count > 0 && IdOf(key) is string id && _unknown.TryGetValue(id, out List<FilePlace>? places))
        {
            // Its name says that it is a copy, and nothing says of which version: none is HasVersion.
            places.ForEach(p => _copies.Add(new CopyRecord(Fold.Of(key), default, 0, 0, 0, IsWhole: true, []), p));
            _unknown.Remove(id);
        }

        IReadOnlyList<RememberedItem> copies = _copies.Find(key);
        return string.Equals(key.Store, StoreKey, StringComparison.Ordinal) && FindOwn(key) is RememberedItem own ? [own, .. copies] : copies;
    }

    private protected sealed override RememberedItem? Find(ItemMarker marker) => _copies.Find(marker);

    private protected sealed override WriteResult Commit(PreparedItem prepared)
    {
        PreparedFiles files = Own<PreparedFiles>(prepared);
        if (files.Files.Count == 0)
        {
            return Nothing(files);
        }

        // An item that was listed twice comes twice: the first had not come here when the second was looked up.
        CopyRecord record = CopyRecord.Of(files.Provenance, files.Losses);
        IReadOnlyList<RememberedItem> known = _copies.Find(record.Key);
        if (known.FirstOrDefault(r => r.HasVersion(files.Provenance.Version)) is RememberedItem same)
        {
            return new WriteResult(ItemFate.AlreadyThere, same.TargetKey, same.Losses);
        }

        FolderPlace folder = PlaceOf(files.Folder);
        FilePlace place = Free(n => PlaceOf(files, folder, n), NextNumber(known.Select(_copies.PlaceOf)));
        foreach (string ending in BesideEndings)
        {
            PutBeside(files, ending, place);
        }

        WholeFile.Guard(place.Path, () =>
        {
            Fit(files.Main, files.Name, place);
            Rename(files.Main, place.Path, files.Directory is not null);
        });
        return Remember(files, record, place);
    }

    private protected override IReadOnlyList<WrittenFile> Complete() => [];

    private protected sealed override void Close() => _ledger.Dispose();

    private void Add(CopyRecord record, FilePlace place) =>
        _copies.Add(Options.Replace ? record with { Version = 0, Marker = default } : record, place);

    private ItemKey KeyOf(FilePlace place) => new(StoreKey, IdInTree(place));

    private WriteResult? Replace(RememberedItem old, PreparedFiles files)
    {
        FilePlace was = _copies.PlaceOf(old);
        if (!Options.Replace && IsChanged(was))
        {
            return null;
        }

        if (files.Files.Count == 0)
        {
            return Nothing(files);
        }

        // One that was moved here stays where it was moved to.
        FolderPlace folder = was.IsMoved ? new FolderPlace(was.Folder, was.Directory) : PlaceOf(files.Folder);
        int number = was.Number > 0 ? was.Number : NextNumber(_copies.Find(files.Provenance.Key).Select(_copies.PlaceOf));
        FilePlace place = Free(n => PlaceOf(files, folder, n), number, except: was.Path);
        if (was.Remembered.Length > 0)
        {
            _ledger.Append(was.Remembered, new LedgerLine(_copies.RecordOf(old), was.Origin, was.Time, TimeOf(files.Main)));
        }

        WholeFile.Guard(place.Path, () => Put(files, was, place));
        _copies.Remove(old);
        return Remember(files, CopyRecord.Of(files.Provenance, files.Losses), was.IsMoved ? place with { Origin = was.Origin } : place);
    }

    private bool Move(RememberedItem item, TargetFolder folder, FolderPath sourceFolder)
    {
        FilePlace was = _copies.PlaceOf(item);
        FolderPlace target = PlaceOf(folder);
        bool isThere = was.Folder.Equals(target.Folder);
        if (was.Remembered.Length == 0 || (was.IsMoved && !isThere) || !Exists(was.Path))
        {
            return false;
        }

        FilePlace place = isThere ? was : Free(n => PlaceOf(was, target, n), Math.Max(was.Number, 1));
        if (!isThere)
        {
            WholeFile.Guard(place.Path, () =>
            {
                foreach (string ending in BesideEndings.Where(e => Exists(Beside(was, e))))
                {
                    PutOver(Beside(was, ending), Beside(place, ending));
                }

                Fit(was.Path, was.Name, place);
                Rename(was.Path, place.Path, Directory.Exists(LongPath.Of(was.Path)));
            });
        }

        place = place with { Origin = Fold.Of(target.Folder), Time = was.Time, OtherTime = was.OtherTime };
        CopyRecord record = _copies.RecordOf(item) with { SourceFolder = Fold.Of(sourceFolder) };
        _ledger.Append(place.Remembered, new LedgerLine(record, place.Origin, place.Time, place.OtherTime));
        _copies.Update(item, _ => record, place);
        return true;
    }

    private bool Remove(RememberedItem item)
    {
        FilePlace place = _copies.PlaceOf(item);
        bool exists = Exists(place.Path);
        WholeFile.Guard(place.Path, () =>
        {
            foreach (string path in BesideEndings.Select(e => Beside(place, e)).Append(place.Path))
            {
                Delete(path);
            }
        });
        _copies.Remove(item);
        return exists;
    }

    private WriteResult Remember(PreparedFiles files, in CopyRecord record, FilePlace place)
    {
        files.SetPlaced();
        place = place with { Origin = place.Origin == 0 ? Fold.Of(place.Folder) : place.Origin, Time = TimeOf(place.Path) };
        _ledger.Append(place.Remembered, new LedgerLine(record, place.Origin, place.Time));
        _copies.Add(record, place);
        Placed(files, place);
        return WriteResult.Copied(KeyOf(place), files.Losses) with
        {
            Files =
            [
                .. files.Files.Select((f, i) => new WrittenFile(
                    f.Beside is string beside ? Path.Combine(Beside(place, beside), f.Ending)
                    : files.Directory is not null ? Path.Combine(place.Path, f.Ending)
                    : i == 0 ? place.Path
                    : Beside(place, f.Ending),
                    f.Length,
                    files.Losses)),
            ],
        };
    }

    /// <summary>Puts new files in the place of older ones. The item itself changes from one to the other in one step where it is a file.</summary>
    private void Put(PreparedFiles files, FilePlace was, FilePlace place)
    {
        foreach (string ending in BesideEndings)
        {
            PutBeside(files, ending, place);
        }

        Fit(files.Main, files.Name, place);
        if (!Exists(was.Path))
        {
            Rename(files.Main, place.Path, files.Directory is not null);
        }
        else if (files.Directory is null)
        {
            AtomicFile.Finish(files.Main, was.Path, replace: true);
            if (was.Path != place.Path)
            {
                Rename(was.Path, place.Path, isDirectory: false);
            }
        }
        else
        {
            PutDirectory(files.Directory, was.Path, place.Path);
        }

        foreach (string left in BesideEndings.Where(e => was.Path != place.Path || files.Beside(e) is null).Select(e => Beside(was, e)))
        {
            Delete(left);
        }
    }

    private static void PutDirectory(string unfinished, string was, string path)
    {
        string aside = was + AtomicFile.Suffix + AtomicFile.Suffix;
        AtomicFile.Discard(aside);
        Directory.Move(LongPath.Of(was), LongPath.Of(aside));
        try
        {
            Directory.Move(LongPath.Of(unfinished), LongPath.Of(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Directory.Move(LongPath.Of(aside), LongPath.Of(was));
            throw;
        }

        AtomicFile.Discard(aside);
    }

    private static void PutBeside(PreparedFiles files, string ending, FilePlace place)
    {
        if (files.Beside(ending) is string unfinished)
        {
            string path = Beside(place, ending);
            WholeFile.Guard(path, () => PutOver(unfinished, path));
        }
    }

    private static void PutOver(string from, string to)
    {
        if (!Directory.Exists(LongPath.Of(from)))
        {
            AtomicFile.Finish(from, to, replace: true);
        }
        else if (Directory.Exists(LongPath.Of(to)))
        {
            PutDirectory(from, to, to);
        }
        else
        {
            Directory.Move(LongPath.Of(from), LongPath.Of(to));
        }
    }

    private static string Beside(FilePlace place, string ending) => Path.ChangeExtension(place.Path, ending);

    /// <summary>The first place that is not taken.</summary>
    private static FilePlace Free(Func<int, FilePlace> placeOf, int number, string? except = null)
    {
        FilePlace place = placeOf(number);
        while (!string.Equals(place.Path, except, StringComparison.OrdinalIgnoreCase) && Exists(place.Path))
        {
            place = placeOf(++number);
        }

        return string.Equals(place.Path, except, StringComparison.OrdinalIgnoreCase) ? place with { Name = Path.GetFileName(except)! } : place;
    }

    /// <summary>Whether somebody has changed a copy since it was written: its file has another time.</summary>
    private static bool IsChanged(FilePlace place)
    {
        long time = TimeOf(place.Path);
        return place.Time != 0 && Exists(place.Path) && Math.Abs(time - place.Time) > s_precision
            && (place.OtherTime == 0 || Math.Abs(time - place.OtherTime) > s_precision);
    }

    private static long TimeOf(string path) => TreeFiles.Read(path, p => new FileInfo(LongPath.Of(p)).LastWriteTimeUtc.Ticks);

    private static bool Exists(string path) => File.Exists(LongPath.Of(path)) || Directory.Exists(LongPath.Of(path));

    private static void Rename(string from, string to, bool isDirectory)
    {
        if (isDirectory)
        {
            Directory.Move(LongPath.Of(from), LongPath.Of(to));
        }
        else
        {
            File.Move(LongPath.Of(from), LongPath.Of(to));
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(LongPath.Of(path)))
        {
            Directory.Delete(LongPath.Of(path), recursive: true);
        }
        else
        {
            File.Delete(LongPath.Of(path));
        }
    }
}
