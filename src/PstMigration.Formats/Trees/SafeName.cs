using System.Globalization;
using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Names for files and folders that every file system takes, Windows among them, made from text of mail. What people can read stays
/// as it is, in any language; what a file system forbids, or what makes a name look like another one, does not.
/// </summary>
public static class SafeName
{
    /// <summary>UTF-8 bytes of a name at most: file systems take 255, and a number and an ending must still fit.</summary>
    private const int MaximumBytes = 200;

    private const string Forbidden = "<>:\"/\\|?*";

    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    /// <summary>The name of a file or folder, without an ending.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">UTF-16 units at most.</param>
    /// <param name="fallback">The name where nothing of the text can stand.</param>
    public static string Make(string text, int maximum, string fallback)
    {
        if (text is null || maximum < 1)
        {
            throw new ArgumentException("Text and room for at least one character are needed.", nameof(text));
        }

        string shown = Shorten(Trim(Replace(text)), maximum);
        shown = Trim(shown);
        if (shown.Length == 0)
        {
            return fallback;
        }

        return shown[0] == '.' || IsDevice(shown) ? Shorten("_" + shown.TrimStart('.'), maximum) : shown;
    }

    /// <summary>Whether Windows takes a name for a device, whatever ending it has.</summary>
    internal static bool IsDevice(string name)
    {
        int dot = name.IndexOf('.');
        string stem = (dot < 0 ? name : name.Substring(0, dot)).TrimEnd(' ').ToUpperInvariant();
        if (Array.IndexOf(s_devices, stem) >= 0)
        {
            return true;
        }

        bool isPort = stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal));
        return isPort && (char.IsDigit(stem[3]) || stem[3] is '\u00B9' or '\u00B2' or '\u00B3');
    }

    private static string Replace(string text)
    {
        StringBuilder safe = new(text.Length);
        bool isBlank = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                safe.Append(c).Append(text[++i]);
                isBlank = false;
            }
            else if (char.IsWhiteSpace(c))
            {
                // A run of blanks is one; an ideographic one stays what it is.
                if (!isBlank)
                {
                    safe.Append(c == '\u3000' ? c : ' ');
                }

                isBlank = true;
            }
            else if (!IsInvisible(c))
            {
                safe.Append(IsForbidden(c) ? '_' : c);
                isBlank = false;
            }
        }

        return safe.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsForbidden(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' || (c >= '\uFDD0' && c <= '\uFDEF') || Forbidden.IndexOf(c) >= 0;

    /// <summary>
    /// Characters that turn the direction of what follows or take no room. The two joiners stay: emoji and some scripts need them.
    /// </summary>
    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u061C' or '\u180E' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF'
        || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2061' && c <= '\u206F');

    /// <summary>Windows drops dots and blanks at the end of a name without a word.</summary>
    private static string Trim(string name) => name.Trim().TrimEnd('.', ' ', '\u3000');

    /// <summary>Cuts between what people see as characters.</summary>
    private static string Shorten(string name, int maximum)
    {
        if (name.Length <= maximum && Encoding.UTF8.GetByteCount(name) <= MaximumBytes)
        {
            return name;
        }

        int end = 0;
        int bytes = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(name);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(element);
            if (end + element.Length > maximum || bytes > MaximumBytes)
            {
                break;
            }

            end += element.Length;
        }

        return end > 0 ? name.Substring(0, end) : "_";
    }
}
