using System.Text;

namespace PstMigration.Mapi;

/// <summary>Reads and writes the two structures that make one <see cref="AppointmentException"/>.</summary>
/// <remarks>
/// <code>
/// ExceptionInfo: u32 start, u32 end, u32 original start, u16 flags, then what is flagged, in the order of the flags:
///   subject and location as u16 length+1, u16 length, 8-bit characters; all others u32
/// ExtendedException: (writer version 0x3009 on) u32 size, u32 change highlight, rest; u32 size + reserved;
///   with subject or location: u32 start, u32 end, u32 original start, u16 count + UTF-16 for each, u32 size + reserved
/// </code>
/// </remarks>
internal static class AppointmentExceptionCodec
{
    [Flags]
    private enum Overrides
    {
        Subject = 0x1,
        MeetingType = 0x2,
        ReminderDelta = 0x4,
        Reminder = 0x8,
        Location = 0x10,
        BusyStatus = 0x20,
        Attachment = 0x40,
        AllDay = 0x80,
        Color = 0x100,
        Body = 0x200,
    }

    public static AppointmentException ReadInfo(ref BlobReader reader, Encoding ansi)
    {
        DateTime start = CalendarMinutes.ToTime(reader.UInt32());
        DateTime end = CalendarMinutes.ToTime(reader.UInt32());
        DateTime original = CalendarMinutes.ToTime(reader.UInt32());
        Overrides flags = (Overrides)reader.UInt16();
        return new AppointmentException
        {
            Start = start,
            End = end,
            OriginalStart = original,
            Subject = (flags & Overrides.Subject) != 0 ? ReadAnsi(ref reader, ansi) : null,
            MeetingType = (flags & Overrides.MeetingType) != 0 ? reader.Int32() : null,
            ReminderDelta = (flags & Overrides.ReminderDelta) != 0 ? reader.Int32() : null,
            Reminder = (flags & Overrides.Reminder) != 0 ? reader.UInt32() != 0 : null,
            Location = (flags & Overrides.Location) != 0 ? ReadAnsi(ref reader, ansi) : null,
            BusyStatus = (flags & Overrides.BusyStatus) != 0 ? reader.Int32() : null,
            Attachment = (flags & Overrides.Attachment) != 0 ? reader.UInt32() != 0 : null,
            AllDay = (flags & Overrides.AllDay) != 0 ? reader.UInt32() != 0 : null,
            Color = (flags & Overrides.Color) != 0 ? reader.Int32() : null,
            HasOwnBody = (flags & Overrides.Body) != 0,
        };
    }

    /// <summary>Completes an exception with its second structure: the strings in Unicode.</summary>
    public static AppointmentException ReadExtended(ref BlobReader reader, AppointmentException info, bool hasChangeHighlight)
    {
        byte[] highlight = hasChangeHighlight ? reader.Block() : [];
        reader.Block();
        string? subject = info.Subject;
        string? location = info.Location;
        if (subject is not null || location is not null)
        {
            reader.Bytes(12);
            subject = subject is null ? null : ReadUnicode(ref reader);
            location = location is null ? null : ReadUnicode(ref reader);
            reader.Block();
        }

        return reader.IsShort
            ? info
            : info with
            {
                Subject = subject,
                Location = location,
                ChangeHighlight = highlight.Length >= 4 ? BitConverter.ToInt32(highlight, 0) : null,
            };
    }

    public static void WriteInfo(BlobWriter writer, AppointmentException exception, Encoding ansi)
    {
        WriteTimes(writer, exception);
        writer.UInt16((int)FlagsOf(exception));
        WriteAnsi(writer, exception.Subject, ansi);
        WriteNumber(writer, exception.MeetingType);
        WriteNumber(writer, exception.ReminderDelta);
        WriteFlag(writer, exception.Reminder);
        WriteAnsi(writer, exception.Location, ansi);
        WriteNumber(writer, exception.BusyStatus);
        WriteFlag(writer, exception.Attachment);
        WriteFlag(writer, exception.AllDay);
        WriteNumber(writer, exception.Color);
    }

    public static void WriteExtended(BlobWriter writer, AppointmentException exception)
    {
        writer.UInt32(4);
        writer.Int32(exception.ChangeHighlight ?? 0);
        writer.UInt32(0);
        if (exception.Subject is null && exception.Location is null)
        {
            return;
        }

        WriteTimes(writer, exception);
        WriteUnicode(writer, exception.Subject);
        WriteUnicode(writer, exception.Location);
        writer.UInt32(0);
    }

    private static Overrides FlagsOf(AppointmentException e) =>
        (e.Subject is null ? 0 : Overrides.Subject)
        | (e.MeetingType is null ? 0 : Overrides.MeetingType)
        | (e.ReminderDelta is null ? 0 : Overrides.ReminderDelta)
        | (e.Reminder is null ? 0 : Overrides.Reminder)
        | (e.Location is null ? 0 : Overrides.Location)
        | (e.BusyStatus is null ? 0 : Overrides.BusyStatus)
        | (e.Attachment is null ? 0 : Overrides.Attachment)
        | (e.AllDay is null ? 0 : Overrides.AllDay)
        | (e.Color is null ? 0 : Overrides.Color)
        | (e.HasOwnBody ? Overrides.Body : 0);

    private static void WriteTimes(BlobWriter writer, AppointmentException exception)
    {
        writer.UInt32(CalendarMinutes.FromTime(exception.Start));
        writer.UInt32(CalendarMinutes.FromTime(exception.End));
        writer.UInt32(CalendarMinutes.FromTime(exception.OriginalStart));
    }

    private static string ReadAnsi(ref BlobReader reader, Encoding ansi)
    {
        reader.UInt16();
        return ansi.GetString(reader.Bytes(reader.UInt16()));
    }

    private static string ReadUnicode(ref BlobReader reader) => Encoding.Unicode.GetString(reader.Bytes(reader.UInt16() * 2u));

    private static void WriteAnsi(BlobWriter writer, string? text, Encoding ansi)
    {
        if (text is not null)
        {
            byte[] bytes = ansi.GetBytes(Shorten(text));
            writer.UInt16(bytes.Length + 1);
            writer.UInt16(bytes.Length);
            writer.Bytes(bytes);
        }
    }

    private static void WriteUnicode(BlobWriter writer, string? text)
    {
        if (text is not null)
        {
            string shortened = Shorten(text);
            writer.UInt16(shortened.Length);
            writer.Bytes(Encoding.Unicode.GetBytes(shortened));
        }
    }

    /// <summary>Lengths have 16 bits, of up to four bytes a character.</summary>
    private static string Shorten(string text) => text.Length > 16000 ? text[..16000] : text;

    private static void WriteNumber(BlobWriter writer, int? value)
    {
        if (value is int number)
        {
            writer.Int32(number);
        }
    }

    private static void WriteFlag(BlobWriter writer, bool? value) => WriteNumber(writer, value is bool flag ? (flag ? 1 : 0) : null);
}
