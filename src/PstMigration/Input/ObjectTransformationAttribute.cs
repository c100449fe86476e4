using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// The base of transformations of parameters that take one kind of object from the pipeline. The engine's words for an object that nothing takes are about its own work, and
/// come once for each object. So an object of ours, or a file, that the parameter takes neither whole nor by a property is bound all the same, as something that says so
/// (<see cref="Commands.AsyncCommand.NotTaken"/>).
/// </summary>
public abstract class ObjectTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] s_space = [' '];

    /// <summary>The parameter's name and aliases, with spaces between, where it binds by property; empty where it takes objects alone; null where it takes nothing from the pipeline.</summary>
    public string? Properties { get; set; }

    /// <summary>What another parameter of the cmdlet takes.</summary>
    public Type? Yields { get; set; }

    /// <summary>Whether no parameter takes an object.</summary>
    private protected bool IsNotTaken(object? value) => Properties is not null
        && Given.Unwrap(value) is object given and not System.Collections.IList
        && (given is FileSystemInfo || given.GetType().Namespace?.StartsWith(nameof(PstMigration), StringComparison.Ordinal) == true)
        && Yields?.IsInstanceOfType(given) != true
        && !Properties.Split(s_space, StringSplitOptions.RemoveEmptyEntries).Any(n => PSObject.AsPSObject(value).Properties[n] is not null);
}
