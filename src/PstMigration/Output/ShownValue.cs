using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>Values as lists show them: times with their offset, text from mail made harmless.</summary>
public static class ShownValue
{
    private const int MostBytes = 32;

    /// <summary>A value as text. Lines stay lines.</summary>
    public static string Of(object? value) => Given.Unwrap(value) switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        byte[] bytes => BitConverter.ToString(bytes, 0, Math.Min(bytes.Length, MostBytes)) + (bytes.Length > MostBytes ? "\u2026 (" + bytes.Length + ")" : ""),
        string text => string.Join("\n", text.TrimEnd().Replace("\r\n", "\n").Split('\n').Select(SafeText.Show)),
        IEnumerable several => string.Join("; ", several.Cast<object?>().Select(Of)),
        object other => SafeText.Show(Convert.ToString(other, CultureInfo.CurrentCulture)),
    };

    /// <summary>What was added to an object, such as by -Property: a line for each, empty where nothing was.</summary>
    public static string OfAdded(PSObject? item) => item is null
        ? ""
        : string.Join("\n", item.Properties.OfType<PSNoteProperty>().Where(p => p.IsInstance).Select(p => SafeText.Show(p.Name) + ": " + Of(p.Value)));
}
