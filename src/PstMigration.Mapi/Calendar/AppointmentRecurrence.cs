using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>One occurrence of a series, in the time zone of the series.</summary>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends.</param>
/// <param name="OriginalStart">When the pattern would have it start.</param>
/// <param name="Exception">What was changed about it, or null.</param>
public sealed record AppointmentOccurrence(DateTime Start, DateTime End, DateTime OriginalStart, AppointmentException? Exception);

/// <summary>
/// The recurrence of an appointment ([MS-OXOCAL] 2.2.1.44.5 AppointmentRecurrencePattern): a
/// <see cref="RecurrencePattern"/>, then u32 0x3006, u32 0x3008 or 0x3009, u32 start and u32 end in minutes from midnight, u16
/// count and exceptions, u32 size + reserved, extended exceptions, u32 size + reserved.
/// </summary>
public sealed class AppointmentRecurrence
{
    private const uint ReaderVersion = 0x3006;
    private const uint WriterVersion = 0x3009;
    private const int ExceptionSize = 14;

    /// <summary>Ten years in minutes; no occurrence lasts that long.</summary>
    private const uint MaximumOffset = 10 * 366 * 24 * 60;

    /// <summary>The pattern.</summary>
    public RecurrencePattern Pattern { get; init; } = new();

    /// <summary>Minutes from midnight to the start of an occurrence.</summary>
    public int StartOffset { get; init; }

    /// <summary>Minutes from midnight of the starting day to the end.</summary>
    public int EndOffset { get; init; }

    /// <summary>The changed occurrences.</summary>
    public IReadOnlyList<AppointmentException> Exceptions { get; init; } = [];

    /// <summary>Reads a value.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="recurrence">The recurrence.</param>
    /// <param name="ansi">The encoding of 8-bit strings, which count only where the Unicode ones are missing; 1252 if not given.</param>
    /// <returns>False where the value is damaged.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AppointmentRecurrence? recurrence, Encoding? ansi = null)
    {
        recurrence = null;
        BlobReader reader = new(value);
        if (RecurrencePattern.Read(ref reader) is not RecurrencePattern pattern)
        {
            return false;
        }

        reader.UInt32();
        uint writerVersion = reader.UInt32();
        uint start = reader.UInt32();
        uint end = reader.UInt32();
        int count = reader.UInt16();
        if (reader.IsShort || start > MaximumOffset || end > MaximumOffset || count > reader.Remaining / ExceptionSize)
        {
            return false;
        }

        AppointmentException[] exceptions = new AppointmentException[count];
        for (int i = 0; i < count; i++)
        {
            exceptions[i] = AppointmentExceptionCodec.ReadInfo(ref reader, ansi ?? CodePages.Get(CodePages.Western));
        }

        if (reader.IsShort)
        {
            return false;
        }

        // Old and careless writers leave the rest out; what came before is whole.
        reader.Block();
        for (int i = 0; i < count && !reader.IsShort; i++)
        {
            exceptions[i] = AppointmentExceptionCodec.ReadExtended(ref reader, exceptions[i], writerVersion >= WriterVersion);
        }

        recurrence = new AppointmentRecurrence { Pattern = pattern, StartOffset = (int)start, EndOffset = (int)end, Exceptions = exceptions };
        return true;
    }

    /// <summary>Writes the value.</summary>
    /// <param name="ansi">The encoding of the 8-bit copies of strings; 1252 if not given.</param>
    public byte[] ToArray(Encoding? ansi = null)
    {
        BlobWriter writer = new();
        Pattern.Write(writer);
        writer.UInt32(ReaderVersion);
        writer.UInt32(WriterVersion);
        writer.Int32(StartOffset);
        writer.Int32(EndOffset);
        writer.UInt16(Exceptions.Count);
        foreach (AppointmentException exception in Exceptions)
        {
            AppointmentExceptionCodec.WriteInfo(writer, exception, ansi ?? CodePages.Get(CodePages.Western));
        }

        writer.UInt32(0);
        foreach (AppointmentException exception in Exceptions)
        {
            AppointmentExceptionCodec.WriteExtended(writer, exception);
        }

        writer.UInt32(0);
        return writer.ToArray();
    }

    /// <summary>
    /// The occurrences in the order of the pattern: deleted ones left out, changed ones as they are now. Endless where the
    /// series is.
    /// </summary>
    /// <exception cref="NotSupportedException">The pattern is not <see cref="RecurrencePattern.IsComputable"/>.</exception>
    public IEnumerable<AppointmentOccurrence> Occurrences() => Merge(RecurrenceCalculator.Days(Pattern));

    private IEnumerable<AppointmentOccurrence> Merge(IEnumerable<DateTime> days)
    {
        HashSet<DateTime> deleted = [.. Pattern.DeletedDates.Select(d => d.Date)];
        Queue<AppointmentException> changed = new(Exceptions.OrderBy(e => e.OriginalStart));
        HashSet<DateTime> changedDays = [.. Exceptions.Select(e => e.OriginalStart.Date)];
        foreach (DateTime day in days)
        {
            while (changed.Count > 0 && changed.Peek().OriginalStart.Date <= day)
            {
                yield return Changed(changed.Dequeue());
            }

            if (!deleted.Contains(day) && !changedDays.Contains(day))
            {
                DateTime start = day.AddMinutes(StartOffset);
                yield return new AppointmentOccurrence(start, day.AddMinutes(EndOffset), start, null);
            }
        }

        while (changed.Count > 0)
        {
            yield return Changed(changed.Dequeue());
        }
    }

    private static AppointmentOccurrence Changed(AppointmentException e) => new(e.Start, e.End, e.OriginalStart, e);
}
