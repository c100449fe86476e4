using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Where a message is.</summary>
/// <param name="Path">The mbox file.</param>
/// <param name="Begin">The first byte of its From_ line.</param>
/// <param name="End">Behind the empty line that ends it.</param>
/// <param name="Offset">Where it is in the whole file, as far as that is known.</param>
/// <param name="Version">The version of the file it was found in; null for a message that is new.</param>
internal sealed record MboxPlace(string Path, long Begin, long End, long Offset, ItemVersion? Version);

/// <summary>
/// The changes of one mbox file. New messages are gathered in an unfinished file beside it; at the end they are put behind what is in the file, without the messages that
/// are to be left out, in one pass over a copy that takes its place once it is on the disk.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class MboxChange(string path) : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly List<(MboxPlace Place, CopyRecord Record)> _left = [];
    private readonly long _length = File.Exists(LongPath.Of(path)) ? new FileInfo(LongPath.Of(path)).Length : 0;
    private FileStream? _added;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>What the new messages do not have.</summary>
    public HashSet<ItemLoss> Losses { get; } = [];

    private string Whole => path + ".whole" + AtomicFile.Suffix;

    /// <summary>Clears away what a run that was killed left of a file.</summary>
    public static void Discard(string path)
    {
        AtomicFile.Discard(path + AtomicFile.Suffix);
        AtomicFile.Discard(path + ".whole" + AtomicFile.Suffix);
    }

    /// <summary>Adds a message. One that cannot be written whole leaves nothing.</summary>
    /// <exception cref="MailDataException">What <paramref name="write"/> throws; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public MboxPlace Add(Action<Stream> write)
    {
        FileStream stream = _added ??= WholeFile.Guard(path, () => AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.ReadWrite, BufferSize));
        long start = stream.Position;
        try
        {
            write(new GuardedStream(stream, path, []));
            return new MboxPlace(path, start, stream.Position, _length + start, Version: null);
        }
        catch
        {
            // What was begun is taken back: the next message starts where this one did.
            WholeFile.Guard(path, () => stream.SetLength(start));
            throw;
        }
    }

    /// <summary>Leaves a message out.</summary>
    /// <param name="place">Where it was found.</param>
    /// <param name="record">What is remembered of it, by which it is found again where others have changed the file.</param>
    public void Leave(MboxPlace place, in CopyRecord record) => _left.Add((place, record));

    /// <summary>Makes the changes lasting.</summary>
    /// <exception cref="IOException">The file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is as it was.</exception>
    /// <exception cref="MailDataException">SourceUnreadable: the file is as it was.</exception>
    public void Complete()
    {
        string full = LongPath.Of(path);
        if (!File.Exists(full) && _left.Count == 0 && _added is not null)
        {
            _added.Flush(flushToDisk: true);
            _added.Dispose();
            _added = null;
            AtomicFile.Finish(path, replace: false);
            return;
        }

        // It takes the file's place: by then it has to be on the disk, or a loss of power would cost both.
        using (FileStream whole = AtomicFile.Create(Whole, FileAccess.ReadWrite, BufferSize))
        {
            if (File.Exists(full))
            {
                using FileStream old = PlainFile.OpenRead(path, BufferSize);
                ItemVersion? version = TreeFiles.VersionOf(new FileInfo(full));
                CopyWithout(old, whole, LeftOf(version));
                EndWithEmptyLine(whole);
            }

            if (_added is not null)
            {
                CopyWithout(_added, whole, _left.Where(l => l.Place.Version is null).Select(l => (l.Place.Begin, l.Place.End)));
            }

            whole.Flush(flushToDisk: true);
        }

        AtomicFile.Finish(Whole, path, replace: true);
        Dispose();
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        if (_added is not null)
        {
            try
            {
                _added.Dispose();
            }
            catch (IOException)
            {
                // What was still to be written has no place to go; the file is taken away.
            }

            _added = null;
        }

        Discard(path);
    }

    /// <summary>Where the messages that are left out lie in the file. Where others have changed it, they are looked for; who is no longer there was taken out by them.</summary>
    private List<(long Begin, long End)> LeftOf(ItemVersion? version)
    {
        List<(MboxPlace Place, CopyRecord Record)> old = _left.FindAll(l => l.Place.Version is not null);
        List<CopyRecord> moved = [.. old.Where(l => l.Place.Version != version).Select(l => l.Record)];
        List<(long Begin, long End)> ranges = [.. old.Where(l => l.Place.Version == version).Select(l => (l.Place.Begin, l.Place.End))];
        foreach (MboxMessage message in moved.Count > 0 ? MboxReader.ReadHeads(path) : [])
        {
            int found = message.Head.Record is CopyRecord record ? moved.FindIndex(m => IsOf(record, m)) : -1;
            if (found >= 0)
            {
                moved.RemoveAt(found);
                ranges.Add((message.Start, message.Stop));
            }
        }

        return ranges;
    }

    // A target that replaces all it has keeps no versions and markers.
    private static bool IsOf(in CopyRecord found, in CopyRecord left) =>
        found.Key == left.Key && found.Identity == left.Identity && found.SourceFolder == left.SourceFolder
        && (left.Marker == default || found.Marker == left.Marker) && (left.Version == 0 || found.Version == left.Version);

    private static void CopyWithout(FileStream source, FileStream target, IEnumerable<(long Begin, long End)> left)
    {
        (long Begin, long End)[] ranges = [.. left.Where(r => r.End > r.Begin).OrderBy(r => r.Begin)];
        byte[] buffer = new byte[BufferSize];
        source.Flush();
        source.Position = 0;
        foreach ((long begin, long end) in ranges)
        {
            Copy(source, target, begin - source.Position, buffer);
            source.Position = Math.Max(source.Position, end);
        }

        Copy(source, target, source.Length - source.Position, buffer);
    }

    private static void Copy(FileStream source, FileStream target, long count, byte[] buffer)
    {
        for (int read; count > 0 && (read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, count))) > 0; count -= read)
        {
            target.Write(buffer, 0, read);
        }
    }

    /// <summary>Other programs may leave the last message without the empty line the next one needs before it.</summary>
    internal static void EndWithEmptyLine(Stream stream)
    {
        byte[] last = new byte[2];
        stream.Position = Math.Max(0, stream.Length - 2);
        int length = stream.Fill(last);
        stream.Position = stream.Length;
        bool endsLine = length > 0 && last[length - 1] == '\n';
        bool endsEmpty = endsLine && length == 2 && last[0] == '\n';
        for (int i = length == 0 || endsEmpty ? 0 : endsLine ? 1 : 2; i > 0; i--)
        {
            stream.WriteByte((byte)'\n');
        }
    }
}
