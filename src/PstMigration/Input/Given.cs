using System.Management.Automation;

namespace PstMigration;

/// <summary>What a user or a pipeline gave to a parameter, looked at before the engine would make text of it.</summary>
internal static class Given
{
    /// <summary>
    /// What is bound in the place of an object that nothing of a cmdlet takes. Things that are no files have it for a PSPath, and for a DataFile: see PstMigration.Types.ps1xml.
    /// </summary>
    internal const string NotTaken = "PstMigration::";

    /// <summary>Whether that is all that came.</summary>
    internal static bool IsNotTaken(string[]? values) => values is { Length: 1 } && values[0] == NotTaken;

    /// <summary>What is inside the engine's wrapping.</summary>
    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>One value, or several in a list of any kind. Text and single objects are one.</summary>
    internal static IEnumerable<object?> Each(object? value) => Unwrap(value) switch
    {
        object?[] several => several,
        System.Collections.IList list => list.Cast<object?>(),
        _ => [value],
    };

    /// <summary>The text of a property, of any object that came through a job, a file or a table; null where it has none.</summary>
    internal static string? Text(object? value, string property) =>
        value is PSObject { BaseObject: PSCustomObject } table && table.Properties[property]?.Value is object found
            ? Unwrap(found)?.ToString()
            : null;

    /// <summary>A path as people and the file system's cmdlets give it; null for anything else.</summary>
    internal static string? Path(object? value) => Unwrap(value) switch
    {
        string text => text,
        FileSystemInfo file => file.FullName,
        PathInfo path => path.ProviderPath,
        _ => null,
    };

    /// <summary>
    /// Refuses a value. The engine takes this inside as "not of this type" and goes on to the object's properties and the other parameters; any other error it
    /// would report at once.
    /// </summary>
    internal static ArgumentTransformationMetadataException Refusal(string format, object? value)
    {
        string message = LocalText.Format(format, SafeText.Show(Describe(value)));
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }

    private static string Describe(object? value) => Unwrap(value) switch
    {
        null => "",
        string text => text,
        PSCustomObject => value!.ToString() ?? "",
        object other => other.GetType().Name + " " + other,
    };
}
