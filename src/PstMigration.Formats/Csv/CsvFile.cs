using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A table of items as a file: written beside its place, and renamed when it is complete.</summary>
public sealed class CsvFile : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly string _path;
    private readonly bool _replace;
    private readonly FileStream _stream;
    private readonly CsvWriter _writer;
    private bool _isComplete;

    private CsvFile(string path, bool replace)
    {
        _path = path;
        _replace = replace;
        _stream = WholeFile.Guard(path, () => AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, BufferSize));
        _writer = new CsvWriter(_stream);
        _writer.WriteRow(CsvExport.Columns);
    }

    /// <summary>Begins a table.</summary>
    /// <param name="path">Its full path; the directory must exist.</param>
    /// <param name="replace">Whether it may take the place of another file.</param>
    /// <exception cref="MailDataException">ExportFileExists, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static CsvFile Create(string path, bool replace)
    {
        if (!replace && File.Exists(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)))))
        {
            throw new MailDataException(FormatErrorIds.ExportFileExists, string.Format(Strings.Culture, Strings.ExportFileExists, path));
        }

        WholeFile.Guard(path, () => PlainFile.Check(path));
        return new CsvFile(path, replace);
    }

    /// <summary>Adds a row.</summary>
    /// <returns>Whether the text of a cell had to be changed.</returns>
    /// <exception cref="MailDataException">DiskFull, TreeWriteFailed.</exception>
    public bool WriteRow(IReadOnlyList<string> cells) => WholeFile.Guard(_path, () => _writer.WriteRow(cells));

    /// <summary>Gives the file its name.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public long Complete() => WholeFile.Guard(_path, () =>
    {
        _writer.Flush();

        // It may take another's place: by then it has to be on the disk.
        _stream.Flush(flushToDisk: true);
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

        if (!_isComplete)
        {
            AtomicFile.Discard(_path + AtomicFile.Suffix);
        }
    }
}
