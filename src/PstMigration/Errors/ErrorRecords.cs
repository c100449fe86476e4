using System;
using System.IO;
using System.Management.Automation;
using System.Net.Http;
using System.Security;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>
/// Every <see cref="ErrorRecord"/> of the module is made here: stable id, category from <see cref="ErrorCatalog"/>, the path or item
/// as target, and what to do about it from the resource <c>Action_</c>id.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>
    /// Whether an exception is about data, files or the network, so that an error can be written and the next input processed.
    /// Cancellation, the engine's own exceptions and mistakes in the program are not.
    /// </summary>
    internal static bool IsAboutData(Exception exception) => exception is MailDataException or IOException or UnauthorizedAccessException
        or SecurityException or HttpRequestException or TimeoutException;

    /// <summary>The record of an exception about data.</summary>
    /// <param name="exception">One that <see cref="IsAboutData"/> accepts.</param>
    /// <param name="target">The path or the item it is about.</param>
    internal static ErrorRecord From(Exception exception, object? target)
    {
        string id = Id(exception);
        ErrorRecord record = new(exception, id, ErrorCatalog.Category(id), target);
        string message = SafeText.Show(exception.Message);
        string? action = ErrorCatalog.Action(id);
        if (action is not null || message != exception.Message)
        {
            record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = action ?? "" };
        }

        return record;
    }

    /// <summary>An exception with an id and a formatted message.</summary>
    internal static MailDataException Exception(string id, string format, params object?[] values) =>
        new(id, LocalText.Format(format, values));

    private static string Id(Exception exception) => exception switch
    {
        MailDataException e => e.Id,
        _ when DiskSpace.IsExhausted(exception) => DiskSpace.ExhaustedId,
        FileNotFoundException or DirectoryNotFoundException => "PathNotFound",
        UnauthorizedAccessException or SecurityException => "AccessDenied",
        HttpRequestException => "ConnectionFailed",
        TimeoutException => "OperationTimedOut",
        _ => "FileAccessFailed",
    };
}
