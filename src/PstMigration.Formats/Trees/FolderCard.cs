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
/// <param name="Parent">The directory of the folder above, where neither the place nor the name of the directory says it.</param>
internal sealed record FolderCard(string Name, FolderRole Role, string ContainerClass, string? Parent = null)
{
    /// <summary>The file's name in the directory.</summary>
    public const string FileName = TreeFiles.OwnPrefix + "folder";

    private const int MaximumSize = 64 * 1024;

    /// <summary>Whether there is anything that would not be known without the card.</summary>
    /// <param name="directory">What the directory is called.</param>
    /// <param name="impliedRole">The role the folder has by its name.</param>
    public bool IsNeeded(string directory, FolderRole impliedRole) =>
        Role != impliedRole || Parent is not null || !string.Equals(Name, directory, StringComparison.Ordinal)
        || !(ContainerClass.Length == 0 || ContainerClass.Equals(FolderClasses.Mail, StringComparison.OrdinalIgnoreCase))
        || ItemFileName.Parse(directory, "") is not null || ItemFileName.IsOfDocument(directory);

    /// <summary>Reads the card of a directory; null where there is none that can be read.</summary>
    public static FolderCard? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(LongPath.Of(path)))
            {
                return null;
            }

            using StreamReader reader = new(PlainFile.OpenRead(path, bufferSize: 1), Encoding.UTF8);
            return reader.BaseStream.Length <= MaximumSize ? Parse(reader.ReadToEnd()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts the card into a directory, whole or not at all.</summary>
    public void Write(string directory)
    {
        string path = Path.Combine(directory, FileName);
        StringBuilder text = new();
        text.Append("Name: ").Append(Escape(Name)).Append("\r\nRole: ").Append(Role).Append("\r\nClass: ").Append(Escape(ContainerClass)).Append("\r\n");
        text.Append(Parent is null ? "" : "Parent: " + Escape(Parent) + "\r\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        using (FileStream stream = AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, bufferSize: 1))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        AtomicFile.Finish(path, replace: true);
    }

    internal static FolderCard? Parse(string text)
    {
        string? name = null;
        FolderRole role = FolderRole.None;
        string containerClass = FolderClasses.Mail;
        string? parent = null;
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
                case "Parent" when value.Length > 0:
                    parent = Unescape(value);
                    break;
                default:
                    break;
            }
        }

        return string.IsNullOrEmpty(name) ? null : new FolderCard(name!, role, containerClass, parent);
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
