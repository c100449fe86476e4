using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// A file of lines that several processes append to, and that only its owner can read. Before it would grow beyond <see cref="Largest"/> bytes it becomes <c>name.1</c>, what was that becomes
/// <c>name.2</c> and so on; of these <see cref="OldFiles"/> are kept. Nothing holds it open between two lines, so that it can be read, moved and deleted at any time.
/// </summary>
/// <param name="path">Its path.</param>
/// <param name="header">The line each file begins with. A file that begins otherwise is another's.</param>
/// <param name="time">The clock.</param>
internal sealed class LogFile(string path, string header, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    private readonly string _path = System.IO.Path.GetFullPath(path);
    private readonly object _lock = new();

    /// <summary>How many bytes a file has at most, unless a single line has more.</summary>
    public long Largest { get; init; } = 10 * 1024 * 1024;

    /// <summary>How many files that were full are kept.</summary>
    public int OldFiles { get; init; } = 5;

    /// <summary>Appends a line, whole or not at all where several write at once. For several threads.</summary>
    /// <exception cref="IOException">It cannot be written, or another has kept it for five seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="TransferException">LogNotOurs.</exception>
    public void Append(string line)
    {
        byte[] bytes = s_utf8.GetBytes(line + Environment.NewLine);
        lock (_lock)
        {
            FilePlace.Check(_path);
            using FileLock alone = TakeLock();
            if (LengthOf(_path) is > 0 and long length)
            {
                CheckOurs();
                if (length + bytes.Length > Largest)
                {
                    Rotate();
                }
            }

            OwnerOnlyFile.Ensure(LongPath.Of(_path));
            using FileStream stream = PlainFile.OpenOrCreate(_path, bufferSize: 1);
            if (stream.Length == 0)
            {
                // Windows PowerShell and Excel take text without the mark for that of the machine's code page.
                bytes = [.. s_mark, .. s_utf8.GetBytes(header + Environment.NewLine), .. bytes];
            }

            stream.Seek(0, SeekOrigin.End);
            stream.Write(bytes, 0, bytes.Length);
        }
    }

    private static long LengthOf(string file) => new FileInfo(LongPath.Of(file)) is { Exists: true } found ? found.Length : 0;

    private string Old(int number) => LongPath.Of(_path + "." + number.ToString(CultureInfo.InvariantCulture));

    private void Rotate()
    {
        File.Delete(Old(OldFiles));
        for (int number = OldFiles - 1; number > 0; number--)
        {
            if (File.Exists(Old(number)))
            {
                File.Move(Old(number), Old(number + 1));
            }
        }

        File.Move(LongPath.Of(_path), Old(1));
    }

    // Whoever names a data file by mistake is not to find a log at its end.
    private void CheckOurs()
    {
        byte[] expected = [.. s_mark, .. s_utf8.GetBytes(header)];
        byte[] found = new byte[expected.Length];
        using FileStream stream = PlainFile.OpenRead(_path, bufferSize: 1);
        int count = 0;
        for (int read; count < found.Length && (read = stream.Read(found, count, found.Length - count)) > 0; count += read)
        {
        }

        if (!found.SequenceEqual(expected))
        {
            throw TransferException.LogNotOurs(_path);
        }
    }

    private FileLock TakeLock()
    {
        long begun = time.GetTimestamp();
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return FileLock.Take(_path + ".lock");
            }
            catch (IOException e) when (FileSharing.IsInUse(e) && time.GetElapsedTime(begun) < s_patience)
            {
                // Another is writing a line.
                wait.SpinOnce();
            }
        }
    }
}
