package io.marketpipeline.maven.template;

/** A CloudFormation function in its short form, one scalar behind a tag. */
sealed interface Intrinsic {
    /** Value of a resource or parameter. */
    record Ref(String logicalId) implements Intrinsic {
        @Override
        public String tag() {
            return "!Ref";
        }

        @Override
        public String scalar() {
            return logicalId;
        }
    }

    /** Attribute of a resource. */
    record GetAtt(String logicalId, String attribute) implements Intrinsic {
        @Override
        public String tag() {
            return "!GetAtt";
        }

        @Override
        public String scalar() {
            return logicalId + "." + attribute;
        }
    }

    /** Text with <code>${...}</code> in it. */
    record Sub(String text) implements Intrinsic {
        @Override
        public String tag() {
            return "!Sub";
        }

        @Override
        public String scalar() {
            return text;
        }
    }

    String tag();

    String scalar();

    static Intrinsic ref(String logicalId) {
        return new Ref(logicalId);
    }

    static Intrinsic getAtt(String logicalId, String attribute) {
        return new GetAtt(logicalId, attribute);
    }

    static Intrinsic arn(String logicalId) {
        return getAtt(logicalId, "Arn");
    }

    static Intrinsic sub(String text) {
        return new Sub(text);
    }
}
