using System.Buffers.Binary;
using System.Text;

namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>A field of a protobuf message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">Of a number.</param>
/// <param name="Bytes">Of a text or a message within.</param>
internal sealed record ProtoField(int Number, long Value, byte[] Bytes)
{
    /// <summary>The text; of a message, what looks like text in it.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The fields of a message, in order.</summary>
    public static IReadOnlyList<ProtoField> Read(byte[] message)
    {
        List<ProtoField> fields = [];
        ReadOnlySpan<byte> rest = message;
        while (!rest.IsEmpty)
        {
            long tag = Varint(ref rest);
            int number = (int)(tag >> 3);
            fields.Add((tag & 7) switch
            {
                0 => new ProtoField(number, Varint(ref rest), []),
                1 => new ProtoField(number, BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, 8)), []),
                2 => new ProtoField(number, 0, Take(ref rest, (int)Varint(ref rest)).ToArray()),
                5 => new ProtoField(number, BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, 4)), []),
                long type => throw new InvalidDataException($"Field {number} has the wire type {type}."),
            });
        }

        return fields;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static long Varint(ref ReadOnlySpan<byte> rest)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(ref rest, 1)[0];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
