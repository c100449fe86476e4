using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// Lets a parameter of property names take tags as they are written: PowerShell reads 0x0037001F as a number, and within a list its
/// text is lost. A number of up to 16 bits is an id, a larger one a tag.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PropertyNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = Unwrap(inputData);
        return given is object[] several ? several.Select(Name).ToArray() : given is IEnumerable<string> names ? names.ToArray() : Name(given);
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static object? Name(object? value) => Unwrap(value) switch
    {
        int number => Hexadecimal(unchecked((uint)number)),
        long number and >= 0 and <= uint.MaxValue => Hexadecimal((uint)number),
        object other => other,
        null => null,
    };

    private static string Hexadecimal(uint number) =>
        "0x" + number.ToString(number <= ushort.MaxValue ? "X4" : "X8", CultureInfo.InvariantCulture);
}
