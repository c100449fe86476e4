using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads a vCard into the properties of a contact: what <see cref="VCardWriter"/> writes. What the item has already stays.</summary>
internal static class VCardReader
{
    /// <summary>Reads the first card of a text.</summary>
    /// <returns>False where there is none.</returns>
    public static bool TryRead(string text, MapiItem item)
    {
        if (CalendarComponent.Parse(text, "VCARD") is not CalendarComponent card)
        {
            return false;
        }

        PropertyBag p = item.Properties;
        HashSet<uint> slots = [.. VCardNames.EmailSlots];
        foreach (CalendarProperty line in card.Properties)
        {
            switch (line.Name)
            {
                case "FN":
                    Set(p, PropertyTags.DisplayName, line.Text);
                    break;
                case "N":
                    SetAll(p, VCardNames.Name, Parts(line.Value));
                    break;
                case "ORG":
                    SetAll(p, VCardNames.Organization, Parts(line.Value));
                    break;
                case "TEL":
                    string types = line.Parameter("TYPE") ?? "voice";
                    SetNumber(p, VCardNames.Telephones.FirstOrDefault(t => t.Types.Equals(types, StringComparison.OrdinalIgnoreCase)), line.Text);
                    break;
                case "EMAIL" when slots.Count > 0:
                    uint slot = slots.Min();
                    slots.Remove(slot);
                    Set(p, VCardNames.Lid(slot), line.Parameter("X-NAME") ?? line.Text);
                    Set(p, VCardNames.Lid(slot + 2), line.Parameter("X-TYPE") ?? "SMTP");
                    Set(p, VCardNames.Lid(slot + 3), line.Text);
                    Set(p, VCardNames.Lid(slot + 4), line.Text);
                    break;
                case "ADR":
                    if (Parts(line.Value) is { Count: > 1 } parts)
                    {
                        parts.RemoveAt(1);
                        SetAll(p, VCardNames.Addresses.FirstOrDefault(a => a.Type.Equals(line.Parameter("TYPE"), StringComparison.OrdinalIgnoreCase)).Keys ?? [], parts);
                    }

                    break;
                case "RELATED" when line.Parameter("TYPE") == "child":
                    p.Set(new PropertyKey(0x3A58), (string[])[.. p.GetStrings(new PropertyKey(0x3A58)) ?? [], line.Text]);
                    break;
                default:
                    Read(p, line);
                    break;
            }
        }

        return true;
    }

    private static void Read(PropertyBag p, CalendarProperty line)
    {
        string name = line.Name + (line.Parameter("TYPE") is string type ? ";TYPE=" + type : "");
        foreach ((_, PropertyKey key) in VCardNames.Texts.Where(t => t.Line.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            Set(p, key, line.Text);
        }

        foreach ((_, PropertyKey local, PropertyKey utc) in VCardNames.Days.Where(d => d.Line == line.Name))
        {
            if (DateTime.TryParseExact(line.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime day))
            {
                p.Set(local, new DateTimeOffset(day, TimeSpan.Zero));
                p.Set(utc, new DateTimeOffset(day, TimeSpan.Zero));
            }
        }
    }

    private static void SetNumber(PropertyBag p, (string Types, PropertyKey Key) telephone, string number)
    {
        if (telephone.Types is null)
        {
            return;
        }

        // [MS-OXOCNTC] 2.2.1.4: the second numbers are lists.
        if (telephone.Types.EndsWith("x-2", StringComparison.Ordinal))
        {
            p.Set(telephone.Key, (string[])[.. p.GetStrings(telephone.Key) ?? [], number]);
        }
        else
        {
            Set(p, telephone.Key, number);
        }
    }

    private static void SetAll(PropertyBag p, PropertyKey[] keys, List<string> parts)
    {
        for (int i = 0; i < keys.Length && i < parts.Count; i++)
        {
            Set(p, keys[i], parts[i]);
        }
    }

    private static void Set(PropertyBag p, PropertyKey key, string text)
    {
        if (text.Length > 0 && !p.Contains(key))
        {
            p.Set(key, text);
        }
    }

    /// <summary>The parts of a structured value, escapes undone.</summary>
    private static List<string> Parts(string value)
    {
        List<string> parts = [];
        StringBuilder part = new();
        for (int i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value[i] == ';')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else if (value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
                part.Append(value[i] is 'n' or 'N' ? "\r\n" : value[i].ToString());
            }
            else
            {
                part.Append(value[i]);
            }
        }

        return parts;
    }
}
