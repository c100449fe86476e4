using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The files of a tree as a run left them: of each its length, when it was written, and its SHA-256. Written beside the tree in the form of <c>sha256sum</c>, so that also without this program
/// <c>sha256sum -c NAME.sha256</c> tells whether it is whole. Lengths and times, by which most files are known without reading them, are in comments.
/// </summary>
/// <remarks>
/// UTF-8, lines end in LF. Of each file two lines: <c># LENGTH TICKS</c> (decimal; the time in units of 100 ns since the year 1, UTC) and <c>SHA256  DIRECTORY/PATH</c>. Where a path has a <c>\</c> or a line end in it, the second line
/// begins with a <c>\</c>, and these are <c>\\</c>, <c>\n</c> and <c>\r</c>. The last line is <c># COUNT</c>: a list that was cut off is none.
/// </remarks>
internal sealed class TreeManifest
{
    private const string Comment = "# ";
    private const string Gap = "  ";
    private const int HashLength = 64;

    /// <summary>Most files are small.</summary>
    private const int BufferSize = 32 * 1024;

    private readonly Dictionary<string, TreeFile> _files;

    private TreeManifest(Dictionary<string, TreeFile> files) => _files = files;

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>Bytes of all of them.</summary>
    public long Bytes => _files.Values.Sum(f => f.Length);

    /// <summary>Reads a list.</summary>
    /// <returns>Null where there is none, or what is there is no whole one.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static TreeManifest? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using StreamReader reader = new(PlainFile.OpenRead(path, 64 * 1024), Encoding.UTF8);
        Dictionary<string, TreeFile> files = new(StringComparer.Ordinal);
        while (reader.ReadLine() is string first && first.StartsWith(Comment, StringComparison.Ordinal))
        {
            string[] values = first.Substring(Comment.Length).Split(' ');
            if (!long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            {
                return null;
            }

            if (values.Length == 1)
            {
                return length == files.Count ? new TreeManifest(files) : null;
            }

            if (!long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) || reader.ReadLine() is not string second || ParseName(second) is not (string hash, string name))
            {
                return null;
            }

            files[name] = new TreeFile(length, ticks, hash);
        }

        return null;
    }

    /// <summary>Writes the list, in one step in the place of an older one.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="directory">What the tree's directory is called, which lies beside it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string path, string directory)
    {
        using (StreamWriter writer = new(AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, 64 * 1024), new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (KeyValuePair<string, TreeFile> file in _files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                string name = directory + "/" + file.Key;
                string escaped = name.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");
                writer.WriteLine(FormattableString.Invariant($"{Comment}{file.Value.Length} {file.Value.Ticks}"));
                writer.WriteLine((escaped == name ? "" : "\\") + file.Value.Hash + Gap + escaped);
            }

            writer.WriteLine(FormattableString.Invariant($"{Comment}{_files.Count}"));
        }

        AtomicFile.Finish(path, replace: true);
    }

    /// <summary>Makes the list of what is in a tree now. Unfinished files, links and what is no file are left out.</summary>
    /// <param name="root">The full path of its directory.</param>
    /// <param name="before">The list before: a file of the same length and time is not read again.</param>
    /// <param name="written">Full paths of files that were written since, and are read whatever their time is: some formats give files the time of their item.</param>
    /// <param name="tellUnreadable">Is told of a file that cannot be read. It stays as it was in the list before.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static TreeManifest Take(string root, TreeManifest? before, ISet<string> written, Action<string> tellUnreadable, CancellationToken cancellationToken)
    {
        Dictionary<string, TreeFile> files = new(StringComparer.Ordinal);
        foreach ((string name, FileInfo file) in Walk(root))
        {
            TreeFile? known = before is not null && before._files.TryGetValue(name, out TreeFile found) ? found : null;
            if (known is TreeFile same && same.IsOf(file) && !written.Contains(PathOf(root, name)))
            {
                files.Add(name, same);
            }
            else if (Hash(PathOf(root, name), cancellationToken) is string hash)
            {
                files.Add(name, new TreeFile(file.Length, file.LastWriteTimeUtc.Ticks, hash));
            }
            else
            {
                tellUnreadable(name);
                if (known is TreeFile left)
                {
                    files.Add(name, left);
                }
            }
        }

        return new TreeManifest(files);
    }

    /// <summary>Compares the list with what is in the tree. Files that are not in it are no matter; one that others moved within the tree, as mail programs do in a Maildir, is not missing.</summary>
    /// <param name="root">The full path of its directory.</param>
    /// <param name="isFull">Whether every byte is read, or only of files whose length or time is another.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">A directory cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be listed.</exception>
    public TreeFindings Compare(string root, bool isFull, CancellationToken cancellationToken)
    {
        HashSet<string> missing = new(_files.Keys, StringComparer.Ordinal);
        List<string> changed = [];
        List<string> emptied = [];
        List<string> unreadable = [];
        List<(string Name, long Length)> others = [];
        foreach ((string name, FileInfo file) in Walk(root))
        {
            if (!_files.TryGetValue(name, out TreeFile known))
            {
                others.Add((name, file.Length));
                continue;
            }

            missing.Remove(name);
            if (file.Length != known.Length)
            {
                (file.Length == 0 ? emptied : changed).Add(name);
            }
            else if (isFull || !known.IsOf(file))
            {
                string? hash = Hash(PathOf(root, name), cancellationToken);
                if (hash != known.Hash)
                {
                    (hash is null ? unreadable : changed).Add(name);
                }
            }
        }

        Moved(root, missing, others, cancellationToken);
        return new TreeFindings([.. missing.OrderBy(n => n, StringComparer.Ordinal)], changed, emptied, unreadable);
    }

    /// <summary>The full path of a file of a tree.</summary>
    public static string PathOf(string root, string name) => Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Takes the files that lie elsewhere now from those that are missing.</summary>
    private void Moved(string root, HashSet<string> missing, List<(string Name, long Length)> others, CancellationToken cancellationToken)
    {
        ILookup<long, string> wanted = missing.ToLookup(n => _files[n].Length);
        foreach ((string name, long length) in others.Where(o => wanted.Contains(o.Length)))
        {
            string? hash = Hash(PathOf(root, name), cancellationToken);
            if (wanted[length].FirstOrDefault(n => missing.Contains(n) && _files[n].Hash == hash) is string found)
            {
                missing.Remove(found);
            }
        }
    }

    private static IEnumerable<(string Name, FileInfo File)> Walk(string root)
    {
        Stack<string> open = new([""]);
        while (open.Count > 0)
        {
            string at = open.Pop();
            foreach (FileSystemInfo entry in new DirectoryInfo(LongPath.Of(PathOf(root, at))).EnumerateFileSystemInfos())
            {
                // Only on Windows have files that are no links that attribute: those kept in the cloud, or deduplicated.
                bool isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
                string name = at.Length == 0 ? entry.Name : at + "/" + entry.Name;
                if (entry is FileInfo file && (!isLink || Path.DirectorySeparatorChar == '\\'))
                {
                    if (!AtomicFile.IsUnfinished(name))
                    {
                        yield return (name, file);
                    }
                }
                else if (!isLink)
                {
                    open.Push(name);
                }
            }
        }
    }

    /// <summary>The SHA-256 of a file; null where it cannot be read, or is a pipe.</summary>
    private static string? Hash(string path, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path, bufferSize: 1);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[BufferSize];
            for (int read; (read = file.Read(buffer, 0, buffer.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }

            return Hex.Lower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string Hash, string Name)? ParseName(string line)
    {
        bool isEscaped = line.StartsWith("\\", StringComparison.Ordinal);
        string plain = isEscaped ? line.Substring(1) : line;
        int slash = plain.IndexOf('/');
        return plain.Length > HashLength + Gap.Length && plain.Substring(HashLength, Gap.Length) == Gap && slash > 0
            ? (plain.Substring(0, HashLength), isEscaped ? Unescape(plain.Substring(slash + 1)) : plain.Substring(slash + 1))
            : null;
    }

    private static string Unescape(string text)
    {
        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && ++i < text.Length ? text[i] switch { 'n' => '\n', 'r' => '\r', char other => other } : text[i]);
        }

        return plain.ToString();
    }

    /// <summary>A file as it was left.</summary>
    /// <param name="Length">Its bytes.</param>
    /// <param name="Ticks">When it was written, in units of 100 ns since the year 1, UTC.</param>
    /// <param name="Hash">Its SHA-256, 64 lower-case hexadecimal digits.</param>
    private readonly record struct TreeFile(long Length, long Ticks, string Hash)
    {
        public bool IsOf(FileInfo file) => file.Length == Length && file.LastWriteTimeUtc.Ticks == Ticks;
    }
}

/// <summary>In what a tree is not as it was left: paths below it, with <c>/</c>.</summary>
/// <param name="Missing">Files that are nowhere in it.</param>
/// <param name="Changed">Files with another content.</param>
/// <param name="Emptied">Files with no content any more.</param>
/// <param name="Unreadable">Files that cannot be read.</param>
internal sealed record TreeFindings(IReadOnlyList<string> Missing, IReadOnlyList<string> Changed, IReadOnlyList<string> Emptied, IReadOnlyList<string> Unreadable);
