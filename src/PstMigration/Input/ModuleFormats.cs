using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>The formats this module knows. Which kinds of files there are is known here alone.</summary>
internal static class ModuleFormats
{
    /// <summary>All of them; data files go by their names and come first.</summary>
    internal static ItemFormats All { get; } = new([PstItemFormat.Instance, MailFormats.Mixed, .. MailFormats.All]);

    /// <summary>What a path is.</summary>
    /// <param name="path">Its full path; it exists.</param>
    /// <param name="format">What it is said to be; null to find out.</param>
    /// <exception cref="MailDataException">MailFilesNotRecognized, FormatNotRead, MsgNotRead, PathNotFile.</exception>
    internal static ItemFormat Of(string path, string? format)
    {
        bool isFile = File.Exists(path);
        ItemFormat? known = format is null ? All.Detect(path) : All.Find(format);
        if (known is null && IsMsg(path, isFile))
        {
            throw PathErrors.IsMsg(path);
        }

        if (known is null && !isFile)
        {
            throw MailFormats.MadeForReading(path) is ItemFormat written ? PathErrors.OnlyWritten(path, written) : PathErrors.NotMail(path);
        }

        // A file nothing is known of: whoever opens data files says best what is wrong with it.
        known ??= PstItemFormat.Instance;
        return isFile || known != PstItemFormat.Instance ? known : throw PathErrors.NotFile(path);
    }

    // By name: their contents are those of many other files of Office.
    private static bool IsMsg(string path, bool isFile) => isFile
        ? Path.GetExtension(path).ToUpperInvariant() is ".MSG" or ".OFT"
        : Directory.EnumerateFiles(path).Any(f => IsMsg(f, isFile: true));
}
