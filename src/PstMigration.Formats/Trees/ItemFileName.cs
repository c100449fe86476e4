using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The name of the file of one item: when, what and which, <c>2026-03-01 0930 Subject (0123456789ab).eml</c>. The digits follow from where the
/// item comes from and from nothing else: the name does not depend on what else is written or in which order, and an item that is
/// there is found by it. Where several versions of an item are kept, those after the first have a number: <c>… (0123456789ab) (2).eml</c>.
/// </summary>
internal static class ItemFileName
{
    /// <summary>The ending of the directory with the files of a document. The file manager of Windows moves and deletes the two together.</summary>
    public const string FilesEnding = ".files";

    /// <summary>UTF-16 units at most.</summary>
    private const int Length = 100;

    /// <summary>The time, and enough of a subject to tell one from another.</summary>
    private const int LeastLength = 40;

    private const int IdLength = 12;

    /// <summary>The digits of an item. 48 bits: among a million items in one folder two that meet are less likely than one in five hundred.</summary>
    public static string IdOf(ItemKey key) => Sha256.Hex(key.Store + "\0" + key.Id).Substring(0, IdLength);

    /// <summary>The name without its ending.</summary>
    /// <param name="directory">Where the file lies; a deep directory leaves less room.</param>
    /// <param name="subject">The item's subject.</param>
    /// <param name="time">The item's time, or null.</param>
    /// <param name="zone">The zone the time is shown in.</param>
    /// <param name="id">The item's digits.</param>
    /// <param name="ending">The ending there has to be room for.</param>
    public static string Make(string directory, string subject, DateTimeOffset? time, TimeZoneInfo zone, string id, string ending)
    {
        string end = " (" + id + ")";
        int around = end.Length + ending.Length;
        int room = LongPath.NameLength(directory, Length, LeastLength + around + AtomicFile.Suffix.Length) - around;
        string stamp = time is DateTimeOffset known
            ? TimeZoneInfo.ConvertTime(known, zone).ToString("yyyy-MM-dd HHmm ", CultureInfo.InvariantCulture)
            : "";
        return SafeName.Make(stamp + subject, room, Strings.ItemUnnamed) + end;
    }

    /// <summary>The name of one of several versions of an item, the first being 1.</summary>
    /// <param name="stem">What <see cref="Make"/> gave.</param>
    /// <param name="number">Which version.</param>
    /// <param name="ending">The ending.</param>
    public static string Number(string stem, int number, string ending) =>
        stem + (number > 1 ? " (" + number.ToString(CultureInfo.InvariantCulture) + ")" : "") + ending;

    /// <summary>Whether a directory holds the files of a document, and so is no folder of mail.</summary>
    public static bool IsOfDocument(string directory) => Parse(directory, FilesEnding) is not null;

    /// <summary>The digits and the number in a name; null for the name of another file.</summary>
    public static (string Id, int Number)? Parse(string name, string ending)
    {
        if (!name.EndsWith(")" + ending, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string stem = name.Substring(0, name.Length - ending.Length);
        if (FindId(stem) is string first)
        {
            return (first, 1);
        }

        int open = stem.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && int.TryParse(stem.Substring(open + 2, stem.Length - open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1
            && FindId(stem.Substring(0, open)) is string id ? (id, number) : null;
    }

    private static string? FindId(string stem)
    {
        int open = stem.Length - IdLength - 2;
        if (open < 0 || stem[open] != '(' || stem[stem.Length - 1] != ')')
        {
            return null;
        }

        string id = stem.Substring(open + 1, IdLength);
        return id.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')) ? id : null;
    }
}
