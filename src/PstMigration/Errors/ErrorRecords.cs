using System.Management.Automation;
using System.Net.Http;
using System.Security;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>
/// Every <see cref="ErrorRecord"/> of the module is made here: stable id, category by its kind, the path or item
/// as target, and what to do about it from the room that declares the error.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>
    /// Whether an exception is about data, files or the network, so that an error can be written and the next input processed.
    /// Cancellation, the engine's own exceptions and mistakes in the program are not.
    /// </summary>
    internal static bool IsAboutData(Exception exception) => exception is MailDataException or IOException or UnauthorizedAccessException
        or SecurityException or HttpRequestException or TimeoutException or OutOfMemoryException;

    /// <summary>The record of an exception about data.</summary>
    /// <param name="exception">One that <see cref="IsAboutData"/> accepts.</param>
    /// <param name="target">The path or the item it is about.</param>
    internal static ErrorRecord From(Exception exception, object? target)
    {
        if (exception is OutOfMemoryException memory)
        {
            return From(OutOfMemory.Explain(memory), target);
        }

        ErrorId error = Of(exception);
        return Create(exception, error.Name, error, target, error.Advice());
    }

    /// <summary>The record of an error with another advice than its own.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="advice">What to do about it; null for what is usual.</param>
    internal static ErrorRecord From(MailDataException exception, object? target, string? advice) => Create(exception, exception.Error.Name, exception.Error, target, advice ?? exception.Error.Advice());

    /// <summary>The record of an error that goes by a name of its own, such as what a service calls it.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="name">The name; where it is one of ours, its kind and advice are too.</param>
    /// <param name="otherwise">Where the kind is from, if it is not.</param>
    /// <param name="target">What it is about.</param>
    internal static ErrorRecord From(Exception exception, string name, ErrorId otherwise, object? target) =>
        ErrorCatalog.All.TryGetValue(name, out ErrorId? known) ? Create(exception, name, known, target, known.Advice()) : Create(exception, name, otherwise, target, otherwise.Advice());

    /// <summary>An exception with a formatted message.</summary>
    internal static MailDataException Exception(ErrorId error, string format, params object?[] values) => new(error, LocalText.Format(format, values));

    private static ErrorRecord Create(Exception exception, string name, ErrorId error, object? target, string? advice)
    {
        ErrorRecord record = new(AsPowerShell(exception, error), name, ErrorCatalog.Category(error), target);
        string message = SafeText.Show(exception.Message);
        if (advice is not null || message != exception.Message)
        {
            record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice ?? "" };
        }

        return record;
    }

    // What is missing is caught by what the engine's own cmdlets throw, whichever cmdlet it was.
    private static Exception AsPowerShell(Exception exception, ErrorId error) =>
        error.Name == FileErrorIds.PathNotFound.Name && exception is MailDataException ? new ItemNotFoundException(exception.Message, exception) : exception;

    private static ErrorId Of(Exception exception) => exception switch
    {
        MailDataException e => e.Error,
        _ when DiskSpace.IsExhausted(exception) => FileErrorIds.DiskFull,
        FileNotFoundException or DirectoryNotFoundException => FileErrorIds.PathNotFound,
        PathTooLongException => ModuleErrorIds.PathInvalid,
        PathOfOtherKindException => FileErrorIds.PathOfOtherKind,
        UnauthorizedAccessException or SecurityException => FileErrorIds.AccessDenied,
        HttpRequestException => ModuleErrorIds.ConnectionFailed,
        TimeoutException => ModuleErrorIds.OperationTimedOut,
        _ => FileErrorIds.FileAccessFailed,
    };
}
