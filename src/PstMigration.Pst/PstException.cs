using System;
using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>A data file cannot be opened, read or written.</summary>
public sealed class PstException : MailDataException
{
    /// <summary>An error about a file.</summary>
    public PstException(string id, string message, Exception? innerException = null)
        : base(id, message, innerException)
    {
    }

    /// <summary>There is no such file.</summary>
    internal static PstException NotFound(string path) =>
        new("PstNotFound", string.Format(CultureInfo.CurrentCulture, Strings.PstNotFound, path));
}
