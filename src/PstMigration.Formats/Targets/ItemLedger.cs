using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What a tree with a file for each item remembers of them: an ASCII file in its root with a line for each, so that a second run opens none of them. Lines are
/// only added; the last one of a copy counts. A line that is torn, or of a file that is gone, means nothing; a file without a line says itself what it is where
/// its format can, and is taken for an unknown version where not.
/// </summary>
/// <remarks>
/// A line is separated by tabs: name of the copy, key, marker, version, source folder, identity, folder it was put into, times its file was given, losses
/// (<see cref="LossText"/>, with <c>%XX</c> for what is no ASCII), and <c>.</c> at its end. Keys and markers are 32 hexadecimal digits, the others 16 (<see cref="Fold"/>); times are in ticks.
/// </remarks>
internal sealed class ItemLedger(string root) : IDisposable
{
    /// <summary>The file's name in the root.</summary>
    public const string FileName = TreeFiles.OwnPrefix + "items";

    private const char End = '.';
    private const int Fields = 11;

    private readonly string _path = Path.Combine(root, FileName);
    private AppendedFile? _file;

    /// <summary>Reads all lines, by the names of the copies.</summary>
    /// <exception cref="MailDataException">SourceUnreadable; NotAFile, PathOfOtherKind: what has its name is no file, or a link.</exception>
    public Dictionary<string, LedgerLine> Read()
    {
        Dictionary<string, LedgerLine> lines = new(StringComparer.Ordinal);
        WholeFile.Guard(_path, () => AppendedFile.Check(_path));
        if (!File.Exists(LongPath.Of(_path)))
        {
            return lines;
        }

        // Most copies have the same few losses.
        Dictionary<string, IReadOnlyList<ItemLoss>> losses = new(StringComparer.Ordinal) { [""] = [] };
        TreeFiles.Read(_path, _ =>
        {
            using StreamReader reader = new(TreeFiles.OpenRead(_path), Encoding.ASCII);
            while (reader.ReadLine() is string line)
            {
                string[] fields = line.Split('\t');
                if (fields.Length == Fields && fields[Fields - 1] is [End] && Parse(fields, losses) is LedgerLine known)
                {
                    lines[fields[0]] = known;
                }
            }

            return true;
        });
        return lines;
    }

    /// <summary>Adds a line.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public void Append(string name, in LedgerLine line)
    {
        CopyRecord record = line.Record;
        StringBuilder text = new(name, 256);
        text.Append('\t').Append(record.Key.ToString("N")).Append('\t').Append(record.Marker.ToString("N"));
        Span<byte> bits = stackalloc byte[sizeof(long)];
        foreach (long value in (ReadOnlySpan<long>)[record.Version, record.SourceFolder, record.Identity, line.Place, line.Time, line.OtherTime])
        {
            BinaryPrimitives.WriteInt64BigEndian(bits, value);
            text.Append('\t').Append(Hex.Lower(bits));
        }

        text.Append('\t').Append(OwnHeaders.Encode(LossText.Write(record.Losses))).Append('\t').Append(End).Append('\n');
        byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
        WholeFile.Guard(_path, () =>
        {
            // Another run may add to it, too. A line that a run which was killed has left torn is ended.
            _file ??= AppendedFile.Open(_path);
            _file.Append(bytes);
        });
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static LedgerLine? Parse(string[] fields, Dictionary<string, IReadOnlyList<ItemLoss>> losses)
    {
        long[] values = new long[6];
        bool isValid = Guid.TryParseExact(fields[1], "N", out Guid key) & Guid.TryParseExact(fields[2], "N", out Guid marker);
        for (int i = 0; i < values.Length; i++)
        {
            isValid &= long.TryParse(fields[i + 3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out values[i]);
        }

        if (!isValid)
        {
            return null;
        }

        if (!losses.TryGetValue(fields[9], out IReadOnlyList<ItemLoss>? known))
        {
            losses.Add(fields[9], known = LossText.Read(OwnHeaders.Decode(fields[9])));
        }

        return new LedgerLine(new CopyRecord(key, marker, values[0], values[1], values[2], IsWhole: true, known), values[3], values[4], values[5]);
    }
}

/// <summary>What is remembered of one copy. A zero means not remembered.</summary>
/// <param name="Record">Where it comes from.</param>
/// <param name="Place">The folder it was put into, folded (<see cref="Fold.Of(FolderPath)"/>).</param>
/// <param name="Time">The time its file was given, in ticks.</param>
/// <param name="OtherTime">The time its file has in place of that if a run was killed just after it was replaced.</param>
internal readonly record struct LedgerLine(CopyRecord Record, long Place, long Time, long OtherTime = 0);
