using System;
using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of type <see cref="Age"/> take text, a TimeSpan or a date, and says why it takes no number.</summary>
public sealed class AgeConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => destinationType == typeof(Age);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => sourceValue switch
    {
        TimeSpan span => Age.FromTimeSpan(span),
        DateTimeOffset date => Age.FromDate(date),
        DateTime date => Age.FromDate(date.Kind == DateTimeKind.Utc ? new DateTimeOffset(date) : new DateTimeOffset(date, TimeZoneInfo.Local.GetUtcOffset(date))),
        string text => Age.Parse(text),
        _ => throw Age.NotAnAge(Convert.ToString(sourceValue, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();
}
