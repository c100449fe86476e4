using System.Globalization;

namespace PstMigration.Formats;

/// <summary>
/// The name of a file in a Maildir: something unique, and behind it <c>:2,</c> and a letter for each flag, in their order: D draft,
/// F flagged, P passed (forwarded), R replied, S seen, T trashed; small ones are keywords (<see cref="MaildirKeywords"/>). Windows allows no colon: there it is a semicolon, or an
/// exclamation mark as others write it.
/// </summary>
/// <param name="Unique">What names the message for good; a change of flags leaves it.</param>
/// <param name="State">The flags.</param>
/// <param name="Letters">The letters of keywords, a to z.</param>
internal readonly record struct MaildirName(string Unique, MailState State, string Letters = "")
{
    /// <summary>Whether the name tells flags, if only that there are none.</summary>
    public bool HasFlags { get; init; }

    private const string Ending = ".pstmigration";
    private const string Separators = ":;!";

    /// <summary>The end of 9999, which is the last that can be told.</summary>
    private const long LastSecond = 253402300799;

    /// <summary>The second the message came, which names of most programs begin with; null where it does not.</summary>
    public DateTimeOffset? Time
    {
        get
        {
            string seconds = Unique.Split('.')[0].Split('_')[0];
            return long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value is > 0 and <= LastSecond
                ? DateTimeOffset.FromUnixTimeSeconds(value)
                : null;
        }
    }

    /// <summary>Reads a name; a file without flags is unread.</summary>
    public static MaildirName Parse(string name)
    {
        int info = -1;
        foreach (char separator in Separators)
        {
            info = Math.Max(info, name.LastIndexOf(separator + "2,", StringComparison.Ordinal));
        }

        if (info <= 0)
        {
            return new MaildirName(name, default, "");
        }

        string flags = name.Substring(info + 3);
        bool Has(char letter) => flags.IndexOf(letter) >= 0;
        return new MaildirName(
            name.Substring(0, info),
            new MailState(Has('S'), Has('R'), Has('P'), Has('F'), Has('D'), Has('T')),
            string.Concat(flags.Where(c => c is >= 'a' and <= 'z'))) { HasFlags = true };
    }

    /// <summary>A name for a new message: the second it was received in, and half its marker, which is unique.</summary>
    /// <param name="time">When it was received.</param>
    /// <param name="marker">Its marker.</param>
    /// <param name="number">Which one, where the name is taken all the same.</param>
    public static string Make(DateTimeOffset? time, string marker, int number)
    {
        string unique = Math.Max(0, time?.ToUnixTimeSeconds() ?? 0).ToString(CultureInfo.InvariantCulture) + "." + marker.Substring(0, MarkerLength) + Ending;
        return number > 1 ? WithNumber(unique, number) : unique;
    }

    /// <summary>A name of <see cref="Make"/> with another number.</summary>
    public static string WithNumber(string unique, int number) =>
        unique.Split('.', '_')[0] + "_" + number.ToString(CultureInfo.InvariantCulture) + unique.Substring(unique.IndexOf('.'));

    /// <summary>The half of a marker in a name of <see cref="Make"/>; null for names of others.</summary>
    public static string? MarkerOf(string unique)
    {
        string[] parts = unique.Split('.');
        return parts.Length == 3 && unique.EndsWith(Ending, StringComparison.Ordinal) && parts[1].Length == MarkerLength ? parts[1] : null;
    }

    /// <summary>Whether the name of a file in <c>tmp</c> is one of <see cref="Make"/>, with something behind it or not.</summary>
    public static bool IsUnfinished(string name)
    {
        int end = name.IndexOf(Ending, StringComparison.Ordinal);
        return end > 0 && MarkerOf(name.Substring(0, end + Ending.Length)) is not null;
    }

    /// <summary>Digits of a marker in a name: 128 bits, so that two never meet by chance.</summary>
    public const int MarkerLength = 32;

    /// <summary>The name.</summary>
    /// <param name="separator">A colon, or what the file system takes in its place.</param>
    public string Format(char separator) => Unique + separator + "2,"
        + (State.IsDraft ? "D" : "") + (State.IsFlagged ? "F" : "") + (State.IsForwarded ? "P" : "")
        + (State.IsAnswered ? "R" : "") + (State.IsRead ? "S" : "") + (State.IsDeleted ? "T" : "");
}
