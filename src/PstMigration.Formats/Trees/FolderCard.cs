using System;
using System.IO;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What a folder of mail is called and for, where its directory cannot say it: a small UTF-8 file of lines <c>Field: value</c>. A
/// directory without one is a mail folder with the directory's name.
/// </summary>
/// <param name="Name">The name; control characters and backslashes are written <c>\uXXXX</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note.</param>
internal sealed record FolderCard(string Name, FolderRole Role, string ContainerClass)
{
    /// <summary>The file's name in the directory.</summary>
    public const string FileName = ".pstmigration-folder";

    private const string DefaultClass = "IPF.Note";
    private const int MaximumSize = 64 * 1024;

    /// <summary>Whether the directory's name says it all.</summary>
    public bool IsNeeded(string directory) =>
        Role is not FolderRole.None and not FolderRole.Root || !string.Equals(Name, directory, StringComparison.Ordinal)
        || !(ContainerClass.Length == 0 || ContainerClass.Equals(DefaultClass, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the card of a directory; null where there is none that can be read.</summary>
    public static FolderCard? Read(string directory)
    {
        string path = LongPath.Of(Path.Combine(directory, FileName));
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= MaximumSize ? Parse(File.ReadAllText(path, Encoding.UTF8)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts the card into a directory, whole or not at all.</summary>
    public void Write(string directory)
    {
        string path = LongPath.Of(Path.Combine(directory, FileName));
        StringBuilder text = new();
        text.Append("Name: ").Append(Escape(Name)).Append("\r\nRole: ").Append(Role).Append("\r\nClass: ").Append(Escape(ContainerClass)).Append("\r\n");
        File.WriteAllText(path + Partial.Suffix, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Partial.Finish(path, replace: true);
    }

    internal static FolderCard? Parse(string text)
    {
        string? name = null;
        FolderRole role = FolderRole.None;
        string containerClass = DefaultClass;
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            string value = colon < 0 ? "" : line.Substring(colon + 2).TrimEnd('\r');
            switch (colon < 0 ? "" : line.Substring(0, colon))
            {
                case "Name":
                    name = Unescape(value);
                    break;
                case "Role" when Enum.TryParse(value, out FolderRole known) && Enum.IsDefined(typeof(FolderRole), known):
                    role = known;
                    break;
                case "Class" when value.Length > 0:
                    containerClass = Unescape(value);
                    break;
                default:
                    break;
            }
        }

        return string.IsNullOrEmpty(name) ? null : new FolderCard(name!, role, containerClass);
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            // Half a surrogate pair would not come through UTF-8.
            if (c == '\\' || char.IsControl(c) || char.IsSurrogate(c))
            {
                escaped.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u';
            if (isEscape && ushort.TryParse(text.Substring(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ushort code))
            {
                result.Append((char)code);
                i += 5;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
