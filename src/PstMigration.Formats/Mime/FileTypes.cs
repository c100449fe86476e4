using System.Linq;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>Types of files by their names.</summary>
internal static class FileTypes
{
    /// <summary>
    /// The type of a file of some name. The library's own look-up asks the file system's functions for the ending, and those of .NET Framework refuse names with
    /// characters no file may have; attachments are called anything.
    /// </summary>
    public static string Of(string name)
    {
        int dot = name.LastIndexOf('.');
        string ending = dot < 0 ? "" : name.Substring(dot + 1).Trim();
        return MimeTypes.GetMimeType(ending.Length > 0 && ending.All(c => c < 0x80 && char.IsLetterOrDigit(c) || c is '-' or '_' or '+') ? "x." + ending : "x");
    }
}
