using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A table of items as a file: written beside its place, and renamed when it is complete; or an existing one, which stays as it is and is compared with what would be
/// written.
/// </summary>
public sealed class CsvFile : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly string _path;
    private readonly bool _replace;
    private readonly Stream _stream;
    private readonly ComparedStream? _compared;
    private readonly CsvWriter _writer;
    private bool _isComplete;

    private CsvFile(string path, bool replace, ComparedStream? compared)
    {
        _path = path;
        _replace = replace;
        _compared = compared;
        _stream = compared ?? (Stream)WholeFile.Guard(path, () => AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, BufferSize));
        _writer = new CsvWriter(_stream);
        _writer.WriteRow(CsvExport.Columns);
    }

    /// <summary>Whether this is an existing table, to which nothing is written.</summary>
    public bool IsExisting => _compared is not null;

    /// <summary>Begins a table; where there is one already, and it is not to be replaced, it is compared.</summary>
    /// <param name="path">Its full path; the directory must exist.</param>
    /// <param name="replace">Whether it may take the place of another file.</param>
    /// <exception cref="MailDataException">ExportFileExists: what exists is no such table; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    internal static CsvFile CreateOrCompare(string path, bool replace)
    {
        if (replace || !File.Exists(LongPath.Of(path)))
        {
            return Create(path, replace);
        }

        CsvFile file = new(path, replace: false, WholeFile.Guard(path, () => new ComparedStream(path)));
        file._writer.Flush();
        if (file._compared!.IsSame)
        {
            return file;
        }

        file.Dispose();
        throw Exists(path);
    }

    /// <summary>Begins a table.</summary>
    /// <param name="path">Its full path; the directory must exist.</param>
    /// <param name="replace">Whether it may take the place of another file.</param>
    /// <exception cref="MailDataException">ExportFileExists, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static CsvFile Create(string path, bool replace)
    {
        if (!replace && File.Exists(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)))))
        {
            throw Exists(path);
        }

        WholeFile.Guard(path, () => PlainFile.Check(path));
        return new CsvFile(path, replace, null);
    }

    /// <summary>Adds a row.</summary>
    /// <returns>Whether the text of a cell had to be changed.</returns>
    /// <exception cref="MailDataException">DiskFull, TreeWriteFailed.</exception>
    public bool WriteRow(IReadOnlyList<string> cells) => WholeFile.Guard(_path, () => _writer.WriteRow(cells));

    /// <summary>Gives the file its name.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="MailDataException">ExportFileExists: the existing one differs; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public long Complete() => WholeFile.Guard(_path, () =>
    {
        _writer.Flush();
        if (_compared is not null)
        {
            return _compared.IsWhole ? _compared.Length : throw Exists(_path);
        }

        // It may take another's place: by then it has to be on the disk.
        ((FileStream)_stream).Flush(flushToDisk: true);
        long bytes = _stream.Length;
        _stream.Dispose();
        AtomicFile.Finish(_path, _replace);
        _isComplete = true;
        return bytes;
    });

    /// <summary>Takes the file away if it was not completed.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written has no place to go; the file is taken away.
        }

        if (!_isComplete && _compared is null)
        {
            AtomicFile.Discard(_path + AtomicFile.Suffix);
        }
    }

    private static MailDataException Exists(string path) =>
        new(FormatErrorIds.ExportFileExists, string.Format(Strings.Culture, Strings.ExportFileExists, path));
}
